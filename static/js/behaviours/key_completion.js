// Completes the keys of works while somebody types "[@" in a Markdown box of the admin: a list below the
// box, with the keys of a combobox (ARIA pattern "list autocomplete"). Arrow keys move, Enter and Tab take a
// key, Escape closes the list. The box stays a text box of many lines, which may have no other role; a
// status says how many works there are. Without this script the box is a plain one.

const pane = document.querySelector("[data-keys-url]");
const URL_OF_KEYS = pane?.dataset.keysUrl;
const BOX = "textarea.markdownx-editor";
const TYPED = /\[(?:@[^[\];,\s]+(?:,[^[\];]*)?;\s*)*@([^[\];,]{0,60})$/;
const PAUSE = 150; // milliseconds

const OPEN = {
  "aria-autocomplete": "list",
  "aria-haspopup": "listbox",
  "aria-controls": "key-list",
};

const list = document.createElement("ul");
const status = document.createElement("p");
let box = null;
let chosen = -1;
let timer = 0;
let newest = 0;

const options = () => [...list.children];
const typedIn = (field) => TYPED.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;

function choose(index) {
  options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  chosen = index;
  const option = options()[index];
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box?.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function close() {
  clearTimeout(timer);
  newest += 1;
  list.hidden = true;
  list.replaceChildren();
  status.textContent = "";
  for (const name of [...Object.keys(OPEN), "aria-activedescendant"]) box?.removeAttribute(name);
  choose(-1);
}

function optionOf({ key, title, used }, index) {
  const option = document.createElement("li");
  option.id = `key-option-${index}`;
  option.className = "key-list__option";
  option.setAttribute("role", "option");
  option.dataset.key = key;
  const name = Object.assign(document.createElement("strong"), { textContent: key });
  const rest = Object.assign(document.createElement("small"), { textContent: `${title} · ${used}` });
  option.append(name, rest);
  return option;
}

function show(works) {
  list.replaceChildren(...works.map(optionOf));
  if (!works.length) return close();
  if (box.nextElementSibling !== list) box.after(list, status);
  status.textContent = pane.dataset.keysFound.replace("{count}", works.length);
  list.hidden = false;
  for (const [name, value] of Object.entries(OPEN)) box.setAttribute(name, value);
  choose(0);
}

async function ask(typed) {
  const number = (newest += 1);
  try {
    const response = await fetch(`${URL_OF_KEYS}?${new URLSearchParams({ q: typed })}`, { redirect: "manual" });
    if (!response.ok) return;
    const { works } = await response.json();
    if (number === newest && box === document.activeElement && typedIn(box) !== null) show(works);
  } catch {
    close();
  }
}

function take(option) {
  const typed = typedIn(box);
  if (typed === null || !option) return close();
  const end = box.selectionStart;
  const closes = box.value.slice(end).startsWith("]") ? "" : "]";
  box.setRangeText(option.dataset.key + closes, end - typed.length, end, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  close();
}

function prepare(field) {
  if (box === field) return;
  if (box) close();
  box = field;
}

function onInput({ target }) {
  if (!target.matches?.(BOX)) return;
  prepare(target);
  const typed = typedIn(target);
  clearTimeout(timer);
  if (typed === null) return list.hidden || close();
  timer = setTimeout(() => ask(typed), PAUSE);
}

const keys = {
  ArrowDown: () => choose((chosen + 1) % options().length),
  ArrowUp: () => choose((chosen - 1 + options().length) % options().length),
  Enter: () => take(options()[chosen]),
  Tab: () => take(options()[chosen]),
  Escape: close,
};

function onKeydown(event) {
  if (list.hidden || event.target !== box || event.isComposing || !(event.key in keys)) return;
  event.preventDefault();
  event.stopPropagation();
  keys[event.key]();
}

function start() {
  list.id = "key-list";
  list.className = "key-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", pane.dataset.keysLabel);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.addEventListener("input", onInput);
  document.addEventListener("keydown", onKeydown, true);
  document.addEventListener("focusout", ({ target }) => target === box && close());
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => take(target.closest("[data-key]")));
}

if (URL_OF_KEYS) start();
