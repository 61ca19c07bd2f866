// Uploads: files chosen or dropped are sent one after the other; the server judges each.
const waiting = [];
let sending = false;

function line(file) {
  const item = document.createElement("li");
  const name = Object.assign(document.createElement("strong"), { textContent: file.name });
  const state = Object.assign(document.createElement("span"), { textContent: _("Waiting") });
  item.append(name, state);
  element.querySelector(".sent").append(item);
  return { item, state };
}

function send(file, state) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `library/upload?${new URLSearchParams({ name: file.name })}`);
    request.setRequestHeader("X-Strategy", "1");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.total) state.textContent = `${Math.round((100 * event.loaded) / event.total)} %`;
    };
    request.onload = () =>
      resolve(request.status === 200 ? request.response : { refused: request.response?.detail || _("It was refused.") });
    request.onerror = () => resolve({ refused: _("The server does not answer, or the file cannot be read.") });
    request.send(new Blob([file])); // without the file's type: the server looks at the content
  });
}

async function sendAll() {
  if (sending) return;
  sending = true;
  while (waiting.length) {
    const { file, item, state } = waiting.shift();
    const taken = await send(file, state);
    item.className = taken.there ? "there" : taken.refused ? "refused" : "taken";
    state.textContent = taken.refused || _("Saved as {path}; it is being indexed.", { path: taken.path });
    document.dispatchEvent(new CustomEvent("library-changed"));
  }
  sending = false;
}

function take(files) {
  if (!sending) element.querySelector(".sent").replaceChildren();
  const most = Number(element.querySelector("input").dataset.most);
  if (files.length + waiting.length > most) {
    const words = (count) => count.toLocaleString(document.documentElement.lang);
    const said = _("Of {count} files none was uploaded: it takes at most {most} at a time. Choose fewer, or copy them into the folder on the server.", { count: words(files.length), most: words(most) });
    element.querySelector(".sent").append(Object.assign(document.createElement("li"), { className: "refused", textContent: said }));
    return;
  }
  for (const file of files) waiting.push({ file, ...line(file) });
  sendAll();
}

element.addEventListener("change", (event) => {
  take([...event.target.files]);
  event.target.value = "";
});
const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
const drop = () => element.querySelector(".drop");
document.addEventListener("dragover", (event) => {
  if (!holdsFiles(event) || !drop()?.offsetParent) return;
  event.preventDefault();
  drop().classList.add("over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop()?.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event) || !drop()?.offsetParent) return;
  event.preventDefault();
  drop().classList.remove("over");
  take([...event.dataTransfer.files]);
});
