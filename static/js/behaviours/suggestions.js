// The search field as a combobox (ARIA pattern "combobox with list autocomplete"): arrow keys move
// through the suggestions of the server, Enter opens one, Escape closes the list. Without this script
// it is a plain field.

const form = document.querySelector("form[data-suggests]");
const field = form?.querySelector("input[type=search]");
const list = form?.querySelector(".suggestions");
let chosen = -1;

const options = () => [...list.children];

function choose(index) {
  options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  chosen = index;
  const option = options()[index];
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function show(open) {
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  choose(-1);
}

function move(step) {
  const count = options().length;
  if (!count) return;
  if (list.hidden) show(true);
  const next = chosen + step;
  choose(next >= count ? -1 : next < -1 ? count - 1 : next);
}

const keys = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Escape: () => (list.hidden ? (field.value = "") : show(false)),
  Enter: () => chosen >= 0 && location.assign(options()[chosen].dataset.url),
};

function onKeydown(event) {
  if (event.isComposing || !(event.key in keys)) return;
  if (event.key === "Enter" && chosen < 0) return;
  event.preventDefault();
  keys[event.key]();
}

function initialise() {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  list.setAttribute("role", "listbox");
  field.addEventListener("keydown", onKeydown);
  field.addEventListener("blur", () => show(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target === list) show(options().length > 0 && document.activeElement === field);
  });
}

if (field && list) initialise();
