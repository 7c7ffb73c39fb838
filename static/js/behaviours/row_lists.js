// Rows of a form: added, removed, moved by drag or by buttons, and each described by one line. The place
// of a row is a number field, which this script fills in and hides; without scripts it is typed.

const STEP_KEYS = { ArrowUp: -1, ArrowDown: 1 };
const GROUP = "[data-row-group]";
const ROW = "[data-row]";

const rowsOf = (group) => [...group.querySelectorAll(`:scope > ol > ${ROW}`)];
const shownRows = (group) => rowsOf(group).filter((row) => !row.hidden);
const fieldOf = (row, name) => row.querySelector(`[name="${row.dataset.row}-${name}"]`);

function number(group) {
  shownRows(group).forEach((row, index) => {
    const field = fieldOf(row, "position");
    if (field) field.value = index + 1;
  });
}

function count(group) {
  const section = group.closest("details.form-section");
  const shown = section?.querySelector("[data-row-count]");
  const all = [...section.querySelectorAll(GROUP)].flatMap(shownRows);
  if (shown) shown.textContent = all.length;
}

function announce(group, row) {
  const status = group.querySelector("[data-moved]");
  const all = shownRows(group);
  status.textContent = status.dataset.moved
    .replace("{place}", all.indexOf(row) + 1)
    .replace("{count}", all.length);
}

function move(group, row, step) {
  const all = shownRows(group);
  const other = all[all.indexOf(row) + step];
  if (!other) return;
  const button = document.activeElement;
  if (step < 0) other.before(row);
  else other.after(row);
  number(group);
  announce(group, row);
  button.focus(); // which it loses while its row is moved
}

// ---- the one line of a row ---------------------------------------------------------------------

function wordsOf(field) {
  const words = field.labels[0]?.textContent.trim() ?? "";
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function textOf(row, name) {
  const field = fieldOf(row, name);
  if (!field || field.closest("[hidden]")) return "";
  if (field.type === "checkbox") return field.checked ? wordsOf(field) : "";
  if (field.matches(".vIntegerField") && field.value) return `${field.value} ${wordsOf(field)}`;
  if (field.tagName !== "SELECT") return field.value;
  const text = field.value ? (field.selectedOptions[0]?.textContent ?? "") : "";
  return field.matches(".admin-autocomplete") ? text.split(":")[0] : text;
}

function describe(group, row) {
  const texts = group.dataset.summary.split(" ").map((name) => textOf(row, name).trim());
  const [head, ...rest] = texts.filter(Boolean).map((text) => text.slice(0, 90));
  if (head) row.querySelector("[data-row-line]").textContent = rest.length ? `${head}: ${rest.join(", ")}` : head;
}

// ---- adding and removing -----------------------------------------------------------------------

const copyOf = (id) => document.getElementById(id).content.cloneNode(true);
const emptyRows = new WeakMap(); // of each group its empty row as HTML, with __prefix__ for the number

function addTools(row) {
  row.append(copyOf("row-tools"));
  const position = fieldOf(row, "position")?.closest(".form-field");
  if (position) position.hidden = true;
  if (!row.querySelector("[data-delete]")) row.querySelector(".form-row-item__body").append(copyOf("row-remove"));
}

function rememberEmptyRow(group) {
  const prefix = group.dataset.rowGroup;
  const template = group.querySelector("[data-empty-row]");
  const spare = rowsOf(group).find((row) => row.matches("[data-spare]"));
  const html = template?.innerHTML ?? spare?.outerHTML.replaceAll(spare.dataset.row, `${prefix}-__prefix__`);
  emptyRows.set(group, html);
}

function emptyRow(group, index) {
  const holder = document.createElement("ol");
  holder.innerHTML = emptyRows.get(group).replaceAll("__prefix__", index);
  const row = holder.firstElementChild;
  row.removeAttribute("data-spare");
  return row;
}

function announceAdded(row, prefix) {
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }));
}

function appendRow(group) {
  const total = group.querySelector(`[name="${group.dataset.rowGroup}-TOTAL_FORMS"]`);
  const row = emptyRow(group, total.value);
  total.value = Number(total.value) + 1;
  group.querySelector("ol").append(row);
  addTools(row);
  announceAdded(row, group.dataset.rowGroup);
  return row;
}

function add(group) {
  const spare = rowsOf(group).find((row) => row.hidden && row.matches("[data-spare]"));
  if (spare) {
    spare.hidden = false;
    spare.removeAttribute("data-spare");
    group.querySelector("ol").append(spare);
  }
  const row = spare ?? appendRow(group);
  row.querySelector("details").open = true;
  number(group);
  count(group);
  const first = row.querySelector(".select2-selection, input:not([type=hidden]), textarea, select:not(.admin-autocomplete)");
  first?.focus();
  row.scrollIntoView({ block: "nearest" });
}

// A row that was never stored is emptied and hidden: the form counts it still, and ignores it.
function remove(group, row) {
  const empty = emptyRow(group, row.dataset.row.split("-").at(-1));
  empty.hidden = true;
  empty.dataset.spare = "";
  row.replaceWith(empty);
  addTools(empty);
  announceAdded(empty, group.dataset.rowGroup);
  number(group);
  count(group);
  group.querySelector("[data-add]").focus();
}

// ---- dragging ----------------------------------------------------------------------------------

// The document listens, since a row that is moved loses the pointer.
function drag(group, row) {
  const ended = new AbortController();
  const follow = ({ clientY }) => {
    const other = shownRows(group).find((each) => {
      const { top, bottom } = each.getBoundingClientRect();
      return each !== row && clientY >= top && clientY <= bottom;
    });
    if (!other) return;
    const { top, height } = other.getBoundingClientRect();
    if (clientY < top + height / 2) other.before(row);
    else other.after(row);
  };
  const drop = () => {
    ended.abort();
    delete row.dataset.dragged;
    number(group);
    announce(group, row);
  };
  row.dataset.dragged = "";
  document.addEventListener("pointermove", follow, { signal: ended.signal });
  document.addEventListener("pointerup", drop, { signal: ended.signal });
  document.addEventListener("pointercancel", drop, { signal: ended.signal });
}

document.addEventListener("pointerdown", (event) => {
  const row = event.target.closest?.("[data-grip]")?.closest(ROW);
  if (!row || event.button) return;
  event.preventDefault();
  drag(row.closest(GROUP), row);
});

document.addEventListener("click", (event) => {
  const group = event.target.closest?.(GROUP);
  if (!group) return;
  const row = event.target.closest(ROW);
  const button = event.target.closest("[data-move], [data-add], [data-remove]");
  if (!button) return;
  if (button.matches("[data-add]")) add(group);
  else if (button.matches("[data-remove]")) remove(group, row);
  else move(group, row, Number(button.dataset.move));
});

document.addEventListener("keydown", (event) => {
  const step = STEP_KEYS[event.key];
  const button = event.target.closest?.("[data-move]");
  if (!step || !button) return;
  event.preventDefault();
  move(button.closest(GROUP), button.closest(ROW), step);
});

function describeAround({ target }) {
  const row = target.closest?.(ROW);
  if (row) describe(row.closest(GROUP), row);
}

document.addEventListener("change", describeAround);
document.addEventListener("input", describeAround);

for (const group of document.querySelectorAll(GROUP)) {
  const button = group.querySelector("[data-add]");
  if (!button) continue;
  button.hidden = false;
  rememberEmptyRow(group);
  for (const row of rowsOf(group)) {
    addTools(row);
    if (row.matches("[data-spare]")) row.hidden = true;
  }
}
// Choices that a program makes (jQuery's `change` of an autocomplete field) are no event of the browser.
window.django?.jQuery(document).on("change", ".admin-autocomplete", describeAround);
