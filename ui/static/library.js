// The table of documents: its filter, a document's page, and deletion; how long ago things were.
const AT_ONCE = 200; // rows in the table, of perhaps thousands
let rows = null; // all of them, in the table or not; null after the server has sent new ones
let shown = AT_ONCE;

function allRows() {
  if (rows) return rows;
  const rest = element.querySelector("template");
  const found = [...element.querySelectorAll("tbody tr"), ...(rest ? rest.content.querySelectorAll("tr") : [])];
  rows = found.map((row) => ({ row, text: row.textContent.toLowerCase() }));
  return rows;
}

function show() {
  const body = element.querySelector("tbody");
  if (!body) return;
  const words = element.querySelector(".filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = allRows().filter(({ text }) => words.every((word) => text.includes(word)));
  body.replaceChildren(...matching.slice(0, shown).map(({ row }) => row));
  element.querySelector(".none").hidden = matching.length > 0;
  const more = element.querySelector(".more");
  more.hidden = matching.length <= shown;
  const count = (number) => number.toLocaleString(document.documentElement.lang);
  more.textContent = _("Show more ({shown} of {all} are shown)", { shown: count(shown), all: count(matching.length) });
}

function part(tag, className, content = "") {
  return Object.assign(document.createElement(tag), { className, textContent: content });
}

function dialog(className, label) {
  const made = part("dialog", className);
  made.setAttribute("aria-label", label);
  made.addEventListener("close", () => made.remove());
  made.addEventListener("click", (event) => event.target === made && made.close());
  element.append(made);
  return made;
}

async function look(path) {
  const made = dialog("document", path);
  made.append(part("p", "remark", _("Opening…")));
  made.showModal();
  let found;
  try {
    const response = await fetch(`library/document?${new URLSearchParams({ document: path })}`);
    found = await response.json();
    if (!response.ok) throw new Error(found.detail);
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
  const body = part("div", "body");
  body.append(...(found.outline ? [outline, text] : [text]));
  const panel = part("div", "source");
  panel.append(head, body);
  made.replaceChildren(panel);
  close.focus();
}

function confirmRemoval(path) {
  const made = dialog("confirm", _("Delete a document"));
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
      answer = await (await fetch(address, { method: "POST", headers: { "X-Strategy": "1" } })).json();
    } catch {
      answer = { refused: _("The server does not answer.") };
    }
    const refused = answer.refused || answer.detail;
    if (refused) {
      said.replaceChildren(refused);
      remove.remove();
      return;
    }
    made.close();
    trigger("removed", {});
  });
  buttons.append(keep, remove);
  made.append(said, buttons);
  made.showModal();
  keep.focus();
}

element.addEventListener("input", (event) => {
  if (!event.target.matches(".filter")) return;
  shown = AT_ONCE;
  show();
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches(".look")) look(button.dataset.document);
  if (button?.matches(".remove")) confirmRemoval(button.dataset.document);
  if (button?.matches(".more")) {
    shown += 1000;
    show();
  }
});
watch("value", () => {
  rows = null;
  shown = AT_ONCE;
  show();
});
show();

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
