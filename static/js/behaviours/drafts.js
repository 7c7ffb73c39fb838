// What a member types as a comment is kept in this browser, and nowhere else, until it is sent or deleted:
// under the member, the URL of the form and the comment that it replies to. The next page of a member
// deletes what is a week old or somebody else's; logging out deletes all (Clear-Site-Data, in
// accounts/middleware.py).

const PREFIX = "draft ";
const WEEK = 7 * 24 * 60 * 60 * 1000;
const BOX = "form[action$='/comments/'] textarea[name=body]";
const lines = new WeakMap();

const live = () => document.getElementById("live")?.dataset ?? {};
const ownPrefix = () => `${PREFIX}${live().member} `;
const boxOf = (form) => form.matches?.("form") && form.querySelector(BOX);

function keyOf({ form }) {
  return `${ownPrefix()}${form.getAttribute("action")} ${form.elements.parent?.value ?? ""}`;
}

// A browser may refuse to store anything, and what is stored may be anybody's.
function attempt(action) {
  try {
    return action(localStorage);
  } catch {
    return null;
  }
}

const read = (key) => attempt((storage) => JSON.parse(storage.getItem(key)));

function keep(box) {
  const value = JSON.stringify({ text: box.value, at: Date.now() });
  return attempt((storage) => storage.setItem(keyOf(box), value) ?? true);
}

const forget = (key) => attempt((storage) => storage.removeItem(key));

// Without a time, too.
const isStale = (key) => !(Date.now() - read(key)?.at < WEEK);

function forgetOld() {
  const keys = attempt((storage) => Object.keys(storage)) ?? [];
  const drafts = keys.filter((key) => key.startsWith(PREFIX));
  drafts.filter((key) => !key.startsWith(ownPrefix()) || isStale(key)).forEach(forget);
}

function showLine(box) {
  if (lines.get(box)?.isConnected) return;
  const line = document.createElement("p");
  const button = document.createElement("button");
  line.className = "field__hint";
  line.textContent = `${live().draft} `;
  button.type = "button";
  button.className = "button button--small";
  button.textContent = live().deleteDraft;
  button.addEventListener("click", () => {
    box.value = box.defaultValue = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
  line.append(button);
  box.after(line);
  lines.set(box, line);
}

// As its default value, so that a page with a draft is left without a question.
function restore() {
  for (const box of document.querySelectorAll(BOX)) {
    const text = read(keyOf(box))?.text;
    if (!text || (box.value && box.value !== text)) continue;
    box.value = box.defaultValue = text;
    box.closest("details.reply")?.setAttribute("open", "");
    showLine(box);
  }
}

document.addEventListener("input", ({ target }) => {
  if (!live().member || !target.matches?.(BOX)) return;
  if (target.value.trim() && keep(target)) return showLine(target);
  forget(keyOf(target));
  lines.get(target)?.remove();
});

// Before the swap: the empty form that comes with the response would be filled again.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const box = detail.shouldSwap && !detail.isError && boxOf(detail.requestConfig.elt);
  if (box) forget(keyOf(box));
});

document.addEventListener("htmx:afterSwap", restore);

// A button with a URL of its own asks for a preview.
window.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.submitter?.hasAttribute("formaction")) return;
  const box = boxOf(event.target);
  if (box) forget(keyOf(box));
});

forgetOld();
restore();
