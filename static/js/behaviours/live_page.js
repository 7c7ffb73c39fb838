// Shows what an editor types as a page beside the form, the grade that the rule computes of it, and what it
// still lacks: asked of the server after each pause. Nothing is stored. Other scripts hear of the answer by
// the event writing:checked on the document: {errors: [{field, label, message, stops}], page, grade_html}.

const pane = document.querySelector("[data-live-pane]");
const form = pane && document.getElementById(pane.dataset.livePane);
const find = (name) => document.querySelector(`[data-live-${name}]`);
const WIDE = window.matchMedia("(min-width: 80rem)");

const RETRY = 5000; // milliseconds

let running = false;
let again = false;
let latest = null; // the HTML of the last page, shown or not
let shown = null;

async function check() {
  if (running) return void (again = true);
  running = true;
  do {
    again = false;
    await ask().catch(() => {}); // the bar of the kept text says that the server does not answer
  } while (again);
  running = false;
}

async function ask() {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const body = new URLSearchParams(fields);
  const response = await fetch(pane.dataset.typedUrl, { method: "POST", body, redirect: "manual" });
  if (response.status >= 500) setTimeout(check, RETRY); // busy: the next change would ask again, too
  if (!response.ok) return;
  const answer = await response.json();
  showErrors(answer);
  showGrade(answer.grade_html);
  if (answer.page) latest = answer.page;
  showPage();
  document.dispatchEvent(new CustomEvent("writing:checked", { detail: answer }));
}

function fieldOf(name) {
  const field = name && form.elements[name];
  return field instanceof RadioNodeList ? field[0] : field;
}

// The place that somebody can see and type into: lists with a search hide the field itself.
function visiblePlace(field) {
  if (field.type === "hidden") return field.closest(".inline-group, fieldset") ?? field.parentElement;
  const chooser = field.nextElementSibling?.querySelector?.("[tabindex], input");
  return field.classList.contains("select2-hidden-accessible") && chooser ? chooser : field;
}

function jump(name) {
  const field = fieldOf(name);
  if (!field) return;
  for (let part = field.parentElement; part; part = part.parentElement) {
    if (part.matches("details")) part.open = true;
  }
  const place = visiblePlace(field);
  if (place.tabIndex < 0 && !place.matches("input, textarea, select")) place.tabIndex = -1;
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
}

function lineOf({ field, label, message }) {
  const line = document.createElement("li");
  const text = label ? `${label}: ${message}` : message;
  if (!fieldOf(field)) {
    line.textContent = text;
    return line;
  }
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.className = "live-errors__jump";
  button.textContent = text;
  button.addEventListener("click", () => {
    button.closest("details").open = false;
    jump(field);
  });
  line.append(button);
  return line;
}

// In the bar of the form, in place of the errors of what is stored.
function showErrors({ errors, is_whole: isWhole }) {
  find("stale").hidden = isWhole || !latest;
  const place = find("errors");
  if (!place) return;
  if (!errors.length) {
    const none = Object.assign(document.createElement("p"), { className: "form-bar__state", id: "checks" });
    none.textContent = place.dataset.textNone;
    return place.replaceChildren(none);
  }
  const details = Object.assign(document.createElement("details"), { className: "form-bar__errors", id: "checks" });
  details.open = place.querySelector("details")?.open ?? false;
  const summary = document.createElement("summary");
  summary.textContent = place.dataset.textSome.replace("{count}", errors.length);
  const box = Object.assign(document.createElement("div"), { className: "form-bar__list" });
  const list = document.createElement("ul");
  list.append(...errors.map(lineOf));
  box.append(list);
  details.append(summary, box);
  place.replaceChildren(details);
}

// Beside the rows of evidence, where the form has them.
function showGrade(html) {
  if (!html) return;
  const box = find("grade");
  const group = document.getElementById(box.dataset.liveGrade);
  if (group && !group.contains(box)) group.append(box);
  const text = find("grade-text");
  const isOpen = text.querySelector("details")?.open ?? false;
  const part = new DOMParser().parseFromString(html, "text/html");
  text.replaceChildren(...part.body.childNodes);
  const details = text.querySelector("details");
  if (details) details.open = isOpen;
  const line = document.querySelector(".field-computed_grade .readonly");
  if (line && details) line.textContent = details.dataset.gradeLine;
  box.hidden = false;
}

// A new frame takes the place of the old one when it is whole, so that nothing flickers or scrolls.
function showPage() {
  const place = find("page");
  if (!latest || latest === shown || !WIDE.matches) return;
  shown = latest;
  const old = place.querySelector("iframe:not([data-waits])");
  place.querySelector("iframe[data-waits]")?.remove();
  const frame = document.createElement("iframe");
  frame.title = place.dataset.title;
  frame.sandbox = "allow-same-origin"; // no scripts, no forms
  frame.dataset.waits = "";
  frame.srcdoc = latest;
  frame.addEventListener("load", () => {
    frame.contentWindow.scrollTo(0, old?.contentWindow?.scrollY ?? 0);
    frame.contentDocument.addEventListener("click", stayHere);
    old?.remove();
    delete frame.dataset.waits;
  });
  place.hidden = false;
  place.append(frame);
}

// A link to a place in the page goes there; any other would put another page beside the form.
function stayHere(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute("href");
  if (href.startsWith("#")) link.ownerDocument.getElementById(href.slice(1))?.scrollIntoView();
  else window.open(link.href, "_blank", "noopener");
}

if (form) {
  document.addEventListener("writing:changed", check);
  WIDE.addEventListener("change", showPage);
  check();
}
