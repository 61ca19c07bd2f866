// The source panel: opens at a citation, marks it in its text, closes with Esc.
// Gradio runs this once with: element (the panel), trigger (an event to Python), watch.
const NARROW = window.matchMedia("(max-width: 900px)");
let opener = null; // the link that the panel was opened from: focus goes back to it
let reference = "";

const linksTo = (address) =>
  [...document.querySelectorAll('#conversation a[href*="#cite-"]')].filter(
    (link) => link.getAttribute("href").endsWith(address)
  );

function markCurrent() {
  document.querySelectorAll("#conversation a.current").forEach((link) => link.classList.remove("current"));
  if (reference) linksTo(reference).forEach((link) => link.classList.add("current"));
}

function open() {
  document.body.classList.add("source-open");
  // On a phone the panel covers the page: what is covered must not take the focus.
  document.querySelector("#desk")?.toggleAttribute("inert", NARROW.matches);
  markCurrent();
  const text = element.querySelector(".text");
  const mark = element.querySelector("mark");
  if (text && mark) {
    const offset = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += offset - text.clientHeight / 4;
  }
  element.querySelector("h2")?.focus({ preventScroll: true });
}

function close() {
  if (!document.body.classList.contains("source-open")) return;
  document.body.classList.remove("source-open");
  document.querySelector("#desk")?.removeAttribute("inert");
  const back = opener?.isConnected ? opener : linksTo(reference)[0];
  reference = "";
  markCurrent();
  back?.focus();
}

async function copy(button) {
  const words = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // Browsers keep the clipboard from pages that are served without TLS to another machine.
    const field = Object.assign(document.createElement("textarea"), { value: words });
    element.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy quote"), 1600);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href*="#cite-"]');
  if (link) {
    event.preventDefault();
    const address = link.getAttribute("href");
    if (!element.contains(link)) opener = link;
    reference = address.slice(address.indexOf("#cite-"));
    if (element.querySelector(".source")?.dataset.ref === reference) open();
    else trigger("cite", { ref: reference });
    return;
  }
  if (!element.contains(event.target)) return;
  const button = event.target.closest("button");
  if (button?.classList.contains("close")) close();
  if (button?.classList.contains("copy")) copy(button);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

watch("value", () => (element.querySelector(".source") ? open() : close()));
