// Boxes grow with their text where the style sheet cannot say so; Enter leaves a box of one line alone.

const BOX = "textarea.box";
const grows = CSS.supports("field-sizing", "content");

function grow(box) {
  box.style.blockSize = "auto";
  box.style.blockSize = `${box.scrollHeight + 2}px`;
}

document.addEventListener("input", ({ target }) => {
  if (!grows && target.matches?.(BOX)) grow(target);
});

document.addEventListener("toggle", ({ target }) => {
  if (!grows && target.open) target.querySelectorAll(BOX).forEach(grow);
}, true);

document.addEventListener("keydown", (event) => {
  const isLine = event.target.matches?.("textarea[data-one-line]");
  if (isLine && event.key === "Enter" && !event.isComposing) event.preventDefault();
});

if (!grows) document.querySelectorAll(BOX).forEach(grow);
