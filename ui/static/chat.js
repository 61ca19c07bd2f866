// The conversation: what its buttons do, its address, the clipboard, downloads, scrolling.
// Gradio runs this once with: element, trigger (an event to Python), props, watch.
const SITE = document.title;
const find = (selector) => document.querySelector(selector);
let current = null; // the id of the conversation shown; "" for a new one, null before any
let following = true; // whether the view keeps up with an answer that grows
let awaited = null; // takes the text for the clipboard, once it is there

const say = (words) => (element.querySelector("[role=status]").textContent = words);
const ask = (what) => trigger("ask", { question: null, again: null, everywhere: false, ...what });
const announce = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

function keepUp() {
  const frame = find("#conversation");
  const latest = find("#latest .exchange");
  if (!frame || !latest || !following) return;
  // The question stays in sight: its answer grows below it, and is read from its beginning.
  const top = latest.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  frame.scrollTop += top - 8;
}

// The text may be on its way from the server still: a browser takes it as a promise.
async function toClipboard(text) {
  try {
    const blob = Promise.resolve(text).then((words) => new Blob([words], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } catch {
    // Browsers keep the clipboard from pages that are served without TLS to another machine.
    const field = Object.assign(document.createElement("textarea"), { value: await text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  say("Copied");
}

function save({ name, kind, content }) {
  const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say(`Saved ${name}`);
}

function show({ conversation, title, own, by }) {
  const address = conversation ? `?c=${encodeURIComponent(conversation)}` : location.pathname;
  const named = new URLSearchParams(location.search).get("c") ?? "";
  if (current === null || (current === "" && conversation)) history.replaceState(null, "", address);
  else if (named !== conversation) history.pushState(null, "", address);
  current = conversation;
  document.title = title ? `${title} – ${SITE}` : SITE;
  document.body.classList.toggle("reading-only", !own);
  const note = element.querySelector(".reading");
  note.hidden = own;
  note.querySelector("span").textContent = by ? `A conversation of ${by}` : "A shared conversation";
  following = true;
  requestAnimationFrame(keepUp);
  announce("conversation-shown", conversation);
}

function rate(button, exchange) {
  const pressed = button.getAttribute("aria-pressed") !== "true";
  const both = button.parentElement.querySelectorAll("[aria-pressed]");
  both.forEach((each) => each.setAttribute("aria-pressed", String(each === button && pressed)));
  const liked = pressed ? button.dataset.act === "like" : null;
  trigger("rate", { exchange, liked });
  say(pressed ? "Noted" : "Taken back");
}

function act(button, exchange, latest) {
  switch (button.dataset.act) {
    case "again":
      return ask({ again: exchange });
    case "everywhere":
      return ask({ again: exchange, everywhere: true });
    case "edit":
    case "reword":
      return trigger("revise", { exchange, latest, reword: button.dataset.act === "reword" });
    case "copy":
      toClipboard(new Promise((resolve) => (awaited = resolve)));
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 1600);
      return trigger("copy", { exchange });
    default:
      return rate(button, exchange);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  const exchange = button.closest("#conversation .exchange");
  if (button.matches("#conversation .example")) ask({ question: button.textContent });
  else if (exchange && button.dataset.act)
    act(button, Number(exchange.dataset.exchange), Boolean(button.closest("#latest")));
  else if (button.matches("#errand .cancel"))
    trigger("revise", { exchange: null, latest: false, reword: false });
  else if (button.matches("#errand .adopt")) trigger("adopt", {});
});

document.addEventListener("keydown", (event) => {
  const revising = !element.querySelector(".revising").hidden;
  if (event.key === "Escape" && revising && event.target.matches?.("#question textarea"))
    trigger("revise", { exchange: null, latest: false, reword: false });
});

for (const moved of ["wheel", "touchmove"])
  document.addEventListener(
    moved,
    (event) => {
      if (event.target.closest?.("#conversation")) following = false;
    },
    { passive: true }
  );

document.addEventListener("conversation-open", ({ detail }) => trigger("open", { id: detail }));
document.addEventListener("conversation-export", ({ detail }) => trigger("export", detail));
document.addEventListener("conversation-link", ({ detail }) =>
  toClipboard(`${location.origin}${location.pathname}?c=${encodeURIComponent(detail)}`)
);
window.addEventListener("popstate", () =>
  trigger("open", { id: new URLSearchParams(location.search).get("c") ?? "" })
);
new MutationObserver(keepUp).observe(find("#latest"), { childList: true, subtree: true, characterData: true });

watch("value", () => {
  const errand = JSON.parse(props.value || "{}");
  if (errand.conversation != null) show(errand);
  if (errand.asked) {
    following = true;
    say("Reading the documents");
    announce("conversations-changed");
  }
  if (errand.answered) say("The answer is ready");
  if (errand.follow) trigger("follow", {});
  if (errand.revising != null) element.querySelector(".revising").hidden = !errand.revising;
  if (errand.type) {
    const field = find("#question textarea");
    field?.focus();
    requestAnimationFrame(() => field?.setSelectionRange(field.value.length, field.value.length));
  }
  if (errand.text) awaited?.(errand.text);
  if (errand.file) save(errand.file);
});
