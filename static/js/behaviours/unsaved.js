// Asks before the page is left with text that was not sent: in comment boxes, and in forms that are
// marked with data-asks-before-leaving or hold a mark. With data-unsaved, a form was shown again with
// text that is nowhere else.

const MARK = "form[data-sends], [data-asks-before-leaving]";
const atFirst = new WeakMap();
let leaving = false;

const forms = () => [...document.querySelectorAll(MARK)].map((mark) => mark.closest("form"));
const values = (form) => new URLSearchParams(new FormData(form)).toString();

function remember({ target }) {
  const form = target.closest?.("form");
  if (form && !atFirst.has(form) && forms().includes(form)) atFirst.set(form, values(form));
}

function hasUnsavedText(form) {
  if (form.matches("[data-unsaved]") || form.querySelector("[data-unsaved]")) return true;
  if (atFirst.has(form)) return atFirst.get(form) !== values(form);
  return [...form.querySelectorAll("textarea")].some((box) => box.value !== box.defaultValue);
}

for (const event of ["focusin", "pointerdown", "keydown"]) {
  document.addEventListener(event, remember, true);
}

// What htmx sends stays on the page, so only a form that the browser sends is left with a word.
window.addEventListener("submit", (event) => {
  const opensAnother = event.submitter?.formTarget === "_blank"; // and this page stays
  if (!event.defaultPrevented && !opensAnother) leaving = true;
});

window.addEventListener("pageshow", () => (leaving = false));

window.addEventListener("beforeunload", (event) => {
  if (!leaving && forms().some(hasUnsavedText)) event.preventDefault();
});
