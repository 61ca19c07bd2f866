// The documents that a conversation is limited to: opens the choice, and says what was chosen.
// Gradio runs this once with: element, trigger (an event to Python), watch.
// On the element itself: what is in it is laid anew over what stands there with every answer.
const isOpen = () => element.classList.contains("open");
const words = element.querySelector(".words");
let chosen = new Set();
let conversation = ""; // the one shown
let typing = 0;

const opener = () => document.querySelector("#limits .choose");
const boxes = () => [...element.querySelectorAll("input[type=checkbox]")];
const tick = () => boxes().forEach((box) => (box.checked = chosen.has(box.value)));

const find = (typed) => trigger("find", { words: typed, chosen: [...chosen] });

function limit(limits) {
  trigger("limit", { limits, conversation });
  document.dispatchEvent(new CustomEvent("conversation-limited", { detail: limits }));
}

function open() {
  chosen = new Set(JSON.parse(opener().dataset.limits));
  words.value = "";
  element.classList.add("open");
  opener().setAttribute("aria-expanded", "true");
  tick();
  find("");
  words.focus();
}

function close({ apply }) {
  if (!isOpen()) return;
  element.classList.remove("open");
  opener().setAttribute("aria-expanded", "false");
  const before = JSON.parse(opener().dataset.limits);
  const limits = [...chosen];
  if (apply && (limits.length !== before.length || before.some((each) => !chosen.has(each))))
    limit(limits);
}

element.addEventListener("change", ({ target }) => {
  if (target.type !== "checkbox") return;
  if (target.checked) chosen.add(target.value);
  else chosen.delete(target.value);
});

element.addEventListener("input", (event) => {
  if (event.target !== words) return;
  clearTimeout(typing); // not for every letter
  typing = setTimeout(() => find(words.value), 150);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (button?.matches("#limits .choose")) return isOpen() ? close({ apply: true }) : open();
  if (button?.dataset.limit !== undefined && button.closest("#limits")) {
    const left = JSON.parse(opener().dataset.limits).filter((each) => each !== button.dataset.limit);
    limit(left);
    return opener().focus();
  }
  if (!element.contains(event.target)) return close({ apply: true });
  if (!button) return;
  if (button.matches(".none")) chosen.clear();
  if (button.matches(".shown")) boxes().forEach((box) => box.closest(".choice") && chosen.add(box.value));
  tick();
  if (button.matches(".done, .none")) {
    close({ apply: true });
    opener().focus();
  }
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === words) {
    close({ apply: true });
    opener().focus();
  }
  if (event.key === "Escape") {
    event.stopPropagation();
    close({ apply: false });
    opener().focus();
  }
});

document.addEventListener("conversation-shown", ({ detail }) => {
  conversation = detail.conversation;
  if (JSON.stringify(detail.limits) !== opener()?.dataset.limits) trigger("tell", { limits: detail.limits });
});
watch("value", tick);
document.dispatchEvent(new CustomEvent("conversation-wanted"));
