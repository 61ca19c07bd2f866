// The source panel: opens at a citation, shows it on its page or in its text, closes with Esc.
// Gradio runs this once with: element (the panel), trigger (an event to Python), watch.
const NARROW = window.matchMedia("(max-width: 900px)");
const WIDTHS = [800, 1200, 1800, 2400]; // pixels, that the server draws pages in
const ZOOMS = [1, 1.25, 1.5, 2, 3];
let opener = null; // the link that the panel was opened from: focus goes back to it
let reference = "";
let asText = false; // what somebody chose last, for the next source too
let zoom = 0; // position in ZOOMS
let number = 0; // of the page that is shown
let turn = 0; // counts the pages asked for: an answer that comes late is not shown

const find = (selector) => element.querySelector(selector);
const linksTo = (address) =>
  [...document.querySelectorAll('#conversation a[href*="#cite-"]')].filter(
    (link) => link.getAttribute("href").endsWith(address)
  );

function markCurrent() {
  document.querySelectorAll("#conversation a.current").forEach((link) => link.classList.remove("current"));
  if (reference) linksTo(reference).forEach((link) => link.classList.add("current"));
}

function scrollTo(frame, mark) {
  if (!frame || !mark) return;
  const [outer, inner] = [frame.getBoundingClientRect(), mark.getBoundingClientRect()];
  frame.scrollTop += inner.top - outer.top - frame.clientHeight / 4;
  if (inner.right > outer.right) frame.scrollLeft += inner.left - outer.left - 24;
}

function open() {
  document.body.classList.add("source-open");
  // On a phone the panel covers the page: what is covered must not take the focus.
  document.querySelector("#desk")?.toggleAttribute("inert", NARROW.matches);
  markCurrent();
  scrollTo(find(".text"), find(".text mark"));
  find("h2")?.focus({ preventScroll: true });
  const tools = find(".tools[data-page]");
  if (tools) {
    showAs(asText);
    if (!find(".sheet").childElementCount) turnTo(Number(tools.dataset.page));
  }
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

function showAs(text) {
  find(".source").classList.toggle("on-page", !text);
  find(".as-page").setAttribute("aria-pressed", String(!text));
  find(".as-text").setAttribute("aria-pressed", String(text));
  scrollTo(text ? find(".text") : find(".sheet"), text ? find(".text mark") : find(".sheet mark"));
}

function remark(words) {
  const lang = document.documentElement.lang; // not that of the document around it
  return Object.assign(document.createElement("p"), { className: "remark", textContent: words, lang });
}

async function turnTo(page) {
  const { dataset } = find(".tools");
  const mine = ++turn;
  const sheet = find(".sheet");
  const first = !number;
  sheet.classList.add("waiting");
  const query = new URLSearchParams({
    document: dataset.document, version: dataset.version, page, start: dataset.start, end: dataset.end,
  });
  let shown;
  try {
    const response = await fetch(`source/view?${query}`);
    shown = response.ok ? await response.json() : { remark: (await response.json()).detail };
  } catch {
    shown = { remark: _("The server does not answer. Is the program that runs this chat still running?") };
  }
  if (mine !== turn || !sheet.isConnected) return;
  number = page;
  const label = shown.label && shown.label !== String(page) ? ` (${shown.label})` : "";
  find(".leaf-number").textContent = _("{done} of {all}", { done: `${page}${label}`, all: dataset.pages });
  find(".back").disabled = page <= 1;
  find(".forth").disabled = page >= Number(dataset.pages);
  sheet.classList.remove("waiting");
  find(".as-page").disabled = !shown.image;
  // Escaped by the server; for the cited page the panel has it, with what runs on to the next.
  if (shown.text && !(first && page === Number(dataset.page))) find(".text").innerHTML = shown.text;
  if (!shown.image) {
    sheet.replaceChildren();
    find(".text").prepend(remark(shown.remark));
    return showAs(true);
  }
  sheet.replaceChildren(...(shown.remark ? [remark(shown.remark)] : []), leaf(shown, page));
  showAs(asText);
  setZoom(zoom);
  sheet.scrollTop = 0;
  scrollTo(sheet, sheet.querySelector("mark"));
}

function leaf(shown, page) {
  const figure = Object.assign(document.createElement("figure"), { className: "leaf" });
  figure.style.aspectRatio = `1 / ${shown.ratio}`;
  const image = Object.assign(document.createElement("img"), { alt: _("Picture of page {page}", { page }), draggable: false });
  const sharp = find(".sheet").clientWidth * ZOOMS[zoom] * Math.min(window.devicePixelRatio, 2);
  image.src = `${shown.image}&width=${WIDTHS.find((width) => width >= sharp) || WIDTHS.at(-1)}`;
  image.addEventListener("error", () => image.replaceWith(remark(_("This page could not be drawn."))));
  figure.append(image);
  for (const [left, top, width, height] of shown.marks) {
    const mark = document.createElement("mark");
    Object.assign(mark.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
    figure.append(mark);
  }
  return figure;
}

function setZoom(position) {
  zoom = Math.max(0, Math.min(position, ZOOMS.length - 1));
  const figure = find(".leaf");
  if (figure) figure.style.width = `${100 * ZOOMS[zoom]}%`;
  find(".smaller").disabled = zoom === 0;
  find(".larger").disabled = zoom === ZOOMS.length - 1;
  const image = find(".leaf img");
  if (!image || zoom === 0) return;
  const address = new URL(image.src);
  const sharp = figure.clientWidth * Math.min(window.devicePixelRatio, 2);
  const width = WIDTHS.find((each) => each >= sharp) || WIDTHS.at(-1);
  if (width > Number(address.searchParams.get("width"))) {
    address.searchParams.set("width", width);
    image.src = address.href;
  }
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
  button.textContent = _("Copied");
  setTimeout(() => (button.textContent = _("Copy quote")), 1600);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href*="#cite-"]');
  if (link) {
    event.preventDefault();
    const address = link.getAttribute("href");
    if (!element.contains(link)) opener = link;
    reference = address.slice(address.indexOf("#cite-"));
    if (find(".source")?.dataset.ref === reference) open();
    else trigger("cite", { ref: reference });
    return;
  }
  if (!element.contains(event.target)) return;
  const button = event.target.closest("button");
  const does = {
    close,
    copy: () => copy(button),
    "as-page": () => showAs((asText = false)),
    "as-text": () => showAs((asText = true)),
    back: () => turnTo(number - 1),
    forth: () => turnTo(number + 1),
    smaller: () => setZoom(zoom - 1),
    larger: () => setZoom(zoom + 1),
    fit: () => setZoom(0),
  };
  does[button?.className]?.();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  const turns = { PageUp: ".back", PageDown: ".forth" }[event.key];
  if (!turns || !event.altKey || !element.contains(document.activeElement)) return;
  event.preventDefault();
  find(turns)?.click();
});

watch("value", () => {
  number = 0;
  if (find(".source")) open();
  else close();
});
