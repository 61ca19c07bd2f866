// The sidebar: open a conversation, search, rename, share, save, delete; a drawer on a phone.
// Gradio runs this once with: element, trigger (an event to Python), watch.
const NARROW = window.matchMedia("(max-width: 900px)");
const KEPT = "strategy-assistant-sidebar"; // whether a wide page shows it
const menu = element.querySelector(".menu");
const drawer = element.querySelector(".drawer");
const words = element.querySelector(".words");
let current = "";
let typing = 0;
let row = null; // the one whose menu is open

const announce = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const tell = (event, what = {}) => {
  clearTimeout(typing); // whatever is told brings along what is typed
  trigger(event, { words: words.value, ...what });
};
const isOpen = () => document.body.classList.contains("history-open");

function show(open) {
  document.body.classList.toggle("history-open", open);
  drawer.setAttribute("aria-expanded", String(open));
  drawer.title = open ? _("Hide the conversations") : _("Show the conversations");
  // On a phone it covers the page: what is covered must not take the focus.
  document.querySelector("#desk")?.toggleAttribute("inert", open && NARROW.matches);
}

function markCurrent() {
  element.querySelectorAll("li[data-id] > a").forEach((link) => {
    if (link.parentElement.dataset.id === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
}

function closeMenu({ back = false } = {}) {
  if (back) row?.querySelector(".more")?.focus();
  row?.querySelector(".more")?.setAttribute("aria-expanded", "false");
  menu.hidden = true;
  row = null;
}

function openMenu(button) {
  row = button.closest("li");
  const shared = "shared" in row.dataset;
  menu.querySelector("[data-do=unshare]").hidden = !shared;
  menu.hidden = false;
  button.setAttribute("aria-expanded", "true");
  const box = button.getBoundingClientRect();
  const below = box.bottom + menu.offsetHeight + 8 < window.innerHeight;
  menu.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - menu.offsetHeight - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - menu.offsetWidth - 8))}px`;
  menu.querySelector("button").focus();
}

function rename(item) {
  const link = item.querySelector("a");
  const title = link.querySelector(".title").textContent;
  const field = Object.assign(document.createElement("input"), { value: title, className: "rename" });
  field.setAttribute("aria-label", _("New title"));
  link.hidden = true;
  item.prepend(field);
  field.select();
  let over = false;
  const end = (keep) => {
    if (over) return;
    over = true;
    const id = item.dataset.id;
    const typed = field.value.trim();
    field.remove(); // before the list comes anew, which is laid over this one node by node
    link.hidden = false;
    if (keep && typed && typed !== title) tell("rename", { id, title: typed });
    item.querySelector(".more").focus();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") {
      event.stopPropagation();
      end(false);
    }
  });
  field.addEventListener("blur", () => end(true));
}

function choose(what) {
  const item = row;
  const id = item.dataset.id;
  closeMenu({ back: what !== "remove" });
  switch (what) {
    case "rename":
      return rename(item);
    case "link":
      announce("conversation-link", id);
      return tell("sharing", { id, shared: true });
    case "unshare":
      return tell("sharing", { id, shared: false });
    case "remove":
      tell("remove", { id });
      if (id === current) announce("conversation-open", "");
      return words.focus();
    default:
      return announce("conversation-export", { id, format: what });
  }
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const link = event.target.closest("li[data-id] > a");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    announce("conversation-open", link.parentElement.dataset.id);
    if (NARROW.matches) show(false);
  } else if (button === drawer) {
    show(!isOpen());
    if (!NARROW.matches) localStorage.setItem(KEPT, isOpen() ? "open" : "shut");
    if (isOpen() && NARROW.matches) words.focus();
  } else if (button?.matches(".more")) {
    const again = row === button.closest("li");
    closeMenu();
    if (!again) openMenu(button);
  } else if (button?.dataset.do) choose(button.dataset.do);
  else if (button?.dataset.restore) tell("restore", { id: button.dataset.restore });
});

element.addEventListener("input", (event) => {
  if (event.target !== words) return;
  clearTimeout(typing); // not for every letter
  typing = setTimeout(() => tell("find"), 150);
});

menu.addEventListener("keydown", (event) => {
  const items = [...menu.querySelectorAll("button:not([hidden])")];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    items[(at + step + items.length) % items.length].focus();
  }
  if (event.key === "Tab") closeMenu();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!menu.hidden) closeMenu({ back: true });
  else if (isOpen() && NARROW.matches) {
    show(false);
    drawer.focus();
  }
});

document.addEventListener("click", (event) => {
  if (!menu.hidden && !event.target.closest?.("#history")) closeMenu();
  if (NARROW.matches && isOpen() && !event.target.closest?.("#history")) show(false);
});

document.addEventListener("conversation-shown", ({ detail }) => {
  current = detail.conversation;
  markCurrent();
});
document.addEventListener("conversations-changed", () => tell("find"));
watch("value", () => {
  // The frame is laid anew over what stands there.
  drawer.setAttribute("aria-expanded", String(isOpen()));
  closeMenu();
  markCurrent();
});
NARROW.addEventListener("change", () => show(!NARROW.matches && localStorage.getItem(KEPT) !== "shut"));
show(!NARROW.matches && localStorage.getItem(KEPT) !== "shut");
document.dispatchEvent(new CustomEvent("conversation-wanted"));
