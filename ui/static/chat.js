// The conversation: what its buttons do, its address, the clipboard, downloads, scrolling.
// Which conversation it is, and what is limited, is known here alone; each event brings it along.
// Gradio runs this once with: element, trigger (an event to Python), props, watch.
const SITE = document.title;
const find = (selector) => document.querySelector(selector);
let current = null; // the id of the conversation shown; "" for a new one, null before any
let following = true; // whether the view keeps up with an answer that grows
let limits = []; // the documents that a new conversation is limited to
let latest = null; // the exchange that the next question replaces
let awaited = null; // takes the text for the clipboard, once it is there

const say = (words) => (element.querySelector("[role=status]").textContent = words);
const ask = (what) =>
  trigger("ask", {
    question: "",
    again: null,
    replaces: null,
    everywhere: false,
    conversation: current ?? "",
    limits,
    ...what,
  });
const asLatest = () => Number(find("#latest .exchange")?.dataset.exchange) || null;
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
  say(_("Copied"));
}

function save({ name, kind, content }) {
  const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say(_("Saved {name}", { name }));
}

// As if it had been typed: Gradio reads what the field holds when that event comes.
function fill(words) {
  const field = find("#question textarea");
  if (!field) return; // it is still being made, and empty
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function revise(exchange) {
  latest = exchange;
  element.querySelector(".revising").hidden = exchange === null;
}

function show({ conversation, title, own, by, ...errand }) {
  limits = errand.limits ?? [];
  const address = conversation ? `?c=${encodeURIComponent(conversation)}` : location.pathname;
  const addressed = new URLSearchParams(location.search).get("c") ?? "";
  if (current === null || (current === "" && conversation)) history.replaceState(null, "", address);
  else if (addressed !== conversation) history.pushState(null, "", address);
  current = conversation;
  document.title = title ? `${title} – ${SITE}` : SITE;
  document.body.classList.toggle("reading-only", !own);
  const note = element.querySelector(".reading");
  note.hidden = own;
  note.querySelector("span").textContent = by ? _("A conversation of {name}", { name: by }) : _("A shared conversation");
  following = true;
  requestAnimationFrame(keepUp);
  announce("conversation-shown", { conversation, limits });
}

function rate(button, exchange) {
  const pressed = button.getAttribute("aria-pressed") !== "true";
  const both = button.parentElement.querySelectorAll("[aria-pressed]");
  both.forEach((each) => each.setAttribute("aria-pressed", String(each === button && pressed)));
  const liked = pressed ? button.dataset.act === "like" : null;
  trigger("rate", { conversation: current, exchange, liked });
  say(pressed ? _("Noted") : _("Taken back"));
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

function cancel() {
  revise(null);
  fill("");
  find("#question textarea").focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  const exchange = button.closest("#conversation .exchange");
  if (button.matches("#conversation .example")) ask({ question: button.textContent });
  else if (exchange && button.dataset.act)
    act(button, Number(exchange.dataset.exchange), Boolean(button.closest("#latest")));
  else if (button.matches("#errand .cancel")) cancel();
  else if (button.matches("#errand .adopt")) trigger("adopt", { conversation: current });
  else if (button.matches("#errand .stop")) trigger("halt", { conversation: current });
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("#question textarea");
  if (event.key === "Escape" && latest !== null && typing) cancel();
});

for (const moved of ["wheel", "touchmove"])
  document.addEventListener(
    moved,
    (event) => {
      if (event.target.closest?.("#conversation")) following = false;
    },
    { passive: true }
  );

document.addEventListener("conversation-ask", ({ detail }) => ask({ question: detail, replaces: latest }));
// Whoever comes later than what is shown asks for it.
document.addEventListener("conversation-wanted", () => {
  if (current !== null) announce("conversation-shown", { conversation: current, limits });
});
document.addEventListener("conversation-limited", ({ detail }) => (limits = detail));
document.addEventListener("conversation-open", ({ detail }) => trigger("open", { id: detail }));
document.addEventListener("conversation-export", ({ detail }) => trigger("export", detail));
document.addEventListener("conversation-link", ({ detail }) =>
  toClipboard(`${location.origin}${location.pathname}?c=${encodeURIComponent(detail)}`)
);
window.addEventListener("popstate", () =>
  trigger("open", { id: new URLSearchParams(location.search).get("c") ?? "" })
);
new MutationObserver(keepUp).observe(find("#conversation") ?? document.body, { childList: true, subtree: true, characterData: true });

watch("value", () => {
  const errand = JSON.parse(props.value || "{}");
  if (errand.conversation != null) show(errand);
  if (errand.asked) {
    following = true;
    say(_("Reading the documents"));
    announce("conversations-changed");
  }
  if (errand.busy != null) {
    if (document.body.classList.toggle("answering", errand.busy) === false && errand.conversation == null)
      say(_("The answer is ready"));
  }
  if (errand.follow) trigger("follow", { conversation: current });
  if (errand.question != null) fill(errand.question);
  if (errand.revising != null) revise(errand.revising ? asLatest() : null);
  if (errand.type) {
    const field = find("#question textarea");
    field?.focus();
    requestAnimationFrame(() => field?.setSelectionRange(field.value.length, field.value.length));
  }
  if (errand.text) awaited?.(errand.text);
  if (errand.file) save(errand.file);
});

const named = new URLSearchParams(location.search).get("c");
if (named) trigger("open", { id: named });
