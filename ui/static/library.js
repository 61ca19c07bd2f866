// The filter above the table of documents.
element.addEventListener("input", (event) => {
  if (!event.target.matches(".filter")) return;
  const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  element.querySelectorAll("tbody tr").forEach((row) => {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  });
  element.querySelector(".none").hidden = shown > 0;
});
