// A text field with data-limit shows how many characters it holds. Nothing is cut off: the server says
// what is too long, and keeps the text.

const counters = new WeakMap();

function counterOf(field) {
  let counter = counters.get(field);
  if (!counter?.isConnected) {
    counter = document.createElement("p");
    counter.className = "field__hint field__count";
    field.after(counter);
    counters.set(field, counter);
  }
  return counter;
}

function showCount(target) {
  const limit = Number(target.dataset.limit);
  const count = [...target.value].length;
  const language = document.documentElement.lang;
  const words = document.getElementById("live")?.dataset.characters ?? "/";
  counterOf(target).textContent = `${count.toLocaleString(language)} ${words} ${limit.toLocaleString(language)}`;
  target.toggleAttribute("data-over", count > limit);
}

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("textarea[data-limit]")) showCount(target);
});
