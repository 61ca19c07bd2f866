// The table of documents: its filter, what is being read, a document's page, re-indexing and
// deletion; how long ago things were. The server knows all of it, and is asked while the tab is seen.
// Gradio runs this once with: element.
const AT_ONCE = 200; // rows in the table, of perhaps thousands
const MORE = 1000;
const PATIENCE = 5000; // milliseconds after which a server that was silent is asked again
const find = (selector) => document.querySelector(selector);
const body = element.querySelector("tbody");
const filter = element.querySelector(".filter");
let count = AT_ONCE; // rows that are asked for
let version = ""; // of the documents that are shown
let files = []; // what is being done with some of them
let reported = ""; // how far a run is, or what the latest one did
let looks = 0; // so that only the latest answer counts
let searches = 0;
let timer = 0;
let opened = null; // the document that is read on the page, where it is being read again

const onScreen = () => element.offsetParent !== null && document.visibilityState === "visible";
const fetched = async (address, options) => {
  const response = await fetch(address, options);
  const found = await response.json();
  if (!response.ok) throw new Error(found.detail ?? found.error);
  return found;
};

async function look() {
  clearTimeout(timer);
  if (!onScreen()) return;
  const turn = ++looks;
  let wait = PATIENCE;
  try {
    const state = await fetched(`library/state?${new URLSearchParams({ seen: version })}`);
    if (turn !== looks) return;
    wait = 1000 * state.again;
    await show(state);
  } catch (error) {
    console.warn(error);
  }
  if (turn === looks) timer = setTimeout(look, wait);
}

async function show(state) {
  const button = find("#reindex");
  button.disabled = state.running || !state.able;
  button.textContent = state.label;
  if (state.summary !== null) find("#library-summary").innerHTML = state.summary; // escaped by the server, as are rows
  const progress = find("#progress");
  if (state.progress !== null && state.progress !== reported) progress.innerHTML = reported = state.progress;
  files = state.files;
  if (state.version === version) return mark();
  version = state.version;
  await search();
  if (opened && !files.some(({ path }) => path === opened.path)) {
    const { made, path } = opened;
    opened = null;
    fill(made, path);
  }
}

async function search() {
  const turn = ++searches;
  const found = await fetched(`library/rows?${new URLSearchParams({ words: filter.value, count })}`);
  if (turn !== searches) return;
  const focused = body.contains(document.activeElement) ? document.activeElement : null;
  body.innerHTML = found.html;
  if (focused?.dataset.document) {
    const same = `button.${focused.classList[0]}[data-document="${CSS.escape(focused.dataset.document)}"]`;
    body.querySelector(same)?.focus();
  }
  const none = element.querySelector(".none");
  none.hidden = found.found > 0;
  none.textContent = filter.value.trim() ? _("No document matches.") : _("No documents are indexed yet.");
  const more = element.querySelector(".more");
  more.hidden = found.found <= count;
  const words = (number) => number.toLocaleString(document.documentElement.lang);
  more.textContent = _("Show more ({shown} of {all} are shown)", { shown: words(count), all: words(found.found) });
  mark();
}

// What is being done with a file stands in its row; one that has no row yet gets one on top.
function mark() {
  const states = new Map(files.map((file) => [file.path, file]));
  for (const row of [...body.rows]) {
    const file = states.get(row.dataset.path);
    if (row.matches(".coming") && (!file || filter.value.trim())) {
      row.remove();
      continue;
    }
    states.delete(row.dataset.path);
    markRow(row, file);
  }
  if (filter.value.trim()) return;
  for (const file of [...states.values()].reverse()) {
    const row = part("tr", "coming");
    row.dataset.path = file.path;
    const name = row.insertCell();
    name.append(part("span", "title", file.path));
    row.insertCell().colSpan = 6;
    markRow(row, file);
    body.prepend(row);
  }
}

function markRow(row, file) {
  let now = row.querySelector(".now");
  row.classList.toggle("under-way", Boolean(file));
  if (!file) return now?.remove();
  if (!now) row.lastElementChild.prepend((now = part("span", "now")));
  now.textContent = file.words;
  now.classList.toggle("at-work", file.at_work);
}

async function again(what) {
  try {
    const address = `library/again?${new URLSearchParams(what)}`;
    await fetched(address, { method: "POST", headers: { "X-Strategy": "1" } });
  } catch (error) {
    find("#progress").replaceChildren(part("p", "failed", error.message));
  }
  look();
}

function part(tag, className, content = "") {
  return Object.assign(document.createElement(tag), { className, textContent: content });
}

// ``back``: which button of which document has the focus afterwards; its row may be another by then.
function dialog(className, label, [back, path]) {
  const made = part("dialog", className);
  made.setAttribute("aria-label", label);
  made.addEventListener("close", () => {
    made.remove();
    body.querySelector(`.${back}[data-document="${CSS.escape(path)}"]`)?.focus();
  });
  made.addEventListener("click", (event) => event.target === made && made.close());
  element.append(made);
  return made;
}

function openDocument(path) {
  const made = dialog("document", path, ["look", path]);
  made.append(part("p", "remark", _("Opening…")));
  made.showModal();
  made.addEventListener("close", () => (opened = null));
  return fill(made, path);
}

async function fill(made, path) {
  let found;
  try {
    found = await fetched(`library/document?${new URLSearchParams({ document: path })}`);
  } catch (error) {
    made.replaceChildren(part("p", "remark", error.message));
    return;
  }
  const head = part("header", "");
  const heading = part("div", "heading");
  heading.append(part("h2", "", found.title), part("p", "file", found.path));
  head.append(heading);
  if (found.original) {
    const link = part("a", "original", _("Open file"));
    link.href = `source/file?${new URLSearchParams({ document: path })}`;
    link.target = "_blank";
    link.rel = "noopener";
    head.append(link);
  }
  if (found.readable) {
    const reread = part("button", "again", _("Read again"));
    reread.addEventListener("click", () => {
      reread.disabled = true;
      reread.textContent = _("Waiting");
      opened = { made, path };
      again({ document: path });
    });
    head.append(reread);
  }
  const close = part("button", "close", "×");
  close.setAttribute("aria-label", _("Close the document"));
  close.addEventListener("click", () => made.close());
  head.append(close);
  const outline = part("nav", "outline");
  outline.setAttribute("aria-label", _("Outline"));
  outline.innerHTML = found.outline; // escaped by the server, as is the text
  const text = part("div", "text");
  text.tabIndex = 0;
  text.innerHTML = found.text;
  if (found.language) for (const each of [heading.firstChild, outline, text]) each.lang = found.language;
  outline.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    text.querySelector(link.getAttribute("href"))?.scrollIntoView({ block: "start" });
  });
  const both = part("div", "body");
  both.append(...(found.outline ? [outline, text] : [text]));
  const panel = part("div", "source");
  panel.append(head, both);
  made.replaceChildren(panel);
  close.focus();
}

function confirmRemoval(path) {
  const made = dialog("confirm", _("Delete a document"), ["remove", path]);
  const said = part("p", "");
  const [before, after] = _("Delete {document} from the folder? The file itself is deleted, for everybody.").split("{document}");
  said.append(before, part("strong", "", path), after);
  const buttons = part("div", "buttons");
  const keep = part("button", "keep", _("Keep it"));
  const remove = part("button", "really", _("Delete"));
  keep.addEventListener("click", () => made.close());
  remove.addEventListener("click", async () => {
    remove.disabled = true;
    let answer;
    try {
      const address = `library/remove?${new URLSearchParams({ document: path })}`;
      answer = await fetched(address, { method: "POST", headers: { "X-Strategy": "1" } });
    } catch (error) {
      // What the network says is not for people.
      answer = { refused: error instanceof TypeError ? _("The server does not answer.") : error.message };
    }
    if (answer.refused) {
      said.replaceChildren(answer.refused);
      remove.remove();
      return;
    }
    made.close();
    look();
  });
  buttons.append(keep, remove);
  made.append(said, buttons);
  made.showModal();
  keep.focus();
}

let typing = 0;
element.addEventListener("input", (event) => {
  if (event.target !== filter) return;
  count = AT_ONCE;
  // What does not match goes at once; what matches beside the rest, the server knows.
  const words = filter.value.toLowerCase().split(/\s+/);
  for (const row of [...body.rows])
    if (!words.every((word) => row.textContent.toLowerCase().includes(word))) row.remove();
  clearTimeout(typing); // not for every letter
  typing = setTimeout(() => search().catch(console.warn), 120);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#documents button");
  if (!button || button.closest("dialog")) return;
  const path = button.dataset.document;
  if (button.matches(".look")) openDocument(path);
  if (button.matches(".remove")) confirmRemoval(path);
  if (button.matches(".again")) again({ document: path });
  if (button.matches(".retry")) again({ failed: true });
  if (button.matches("#reindex")) again({});
  if (button.matches(".more")) {
    count += MORE;
    search().catch(console.warn);
  }
});
document.addEventListener("library-changed", look);
document.addEventListener("visibilitychange", look);
new IntersectionObserver(look).observe(element.closest("#documents") ?? element);

// Each <time> of the tab, in the largest unit that is whole.
const UNITS = { day: 86400, hour: 3600, minute: 60, second: 1 };
const ago = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
setInterval(() => {
  for (const time of document.querySelectorAll("#documents time")) {
    const seconds = Math.max(0, (Date.now() - new Date(time.dateTime)) / 1000);
    const [unit, length] = Object.entries(UNITS).find(([, each]) => seconds >= each) ?? ["second", 1];
    time.textContent = ago.format(-Math.floor(seconds / length), unit);
  }
}, 30_000);
