/* Shows a reference beside its mark, for mouse and keyboard: after a delay on hover, at once on focus.
   On touch screens the mark is a link to the reference list. */
const SHOW_DELAY = 500;
const HIDE_DELAY = 300;
const GAP = 8;
const MARK = "sup.cite a";
const LEFT_OUT = ".reference__back, .paper-only-inline";

const hasMouse = matchMedia("(hover: hover) and (pointer: fine)");
const box = document.createElement("div");
let currentMark = null;
let timer = 0;

/* Hidden from screen readers: the mark names its work, and links to the same text. */
box.className = "cite-preview";
box.popover = "manual";
box.ariaHidden = "true";
document.body.append(box);

function fill(reference) {
  const copy = reference.cloneNode(true);
  copy.querySelectorAll(LEFT_OUT).forEach((part) => part.remove());
  copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  copy.querySelectorAll("a").forEach((link) => link.setAttribute("tabindex", "-1"));
  box.replaceChildren(...copy.childNodes);
}

function place(mark) {
  const at = mark.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const below = at.bottom + GAP + size.height <= innerHeight;
  const left = getComputedStyle(mark).direction === "rtl" ? at.right - size.width : at.left;
  const most = document.documentElement.clientWidth - size.width - GAP;
  box.style.left = `${Math.max(GAP, Math.min(left, most))}px`;
  box.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - size.height)}px`;
}

function show(mark) {
  const reference = document.querySelector(mark.getAttribute("href"));
  hide();
  if (!reference) return;
  fill(reference);
  box.showPopover();
  place(mark);
  currentMark = mark;
}

function hide() {
  clearTimeout(timer);
  if (currentMark) box.hidePopover();
  currentMark = null;
}

/* Focus by keyboard may scroll the page: the preview moves along while its mark is visible. */
function follow() {
  if (!currentMark) return;
  const { top, bottom } = currentMark.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) hide();
  else place(currentMark);
}

function schedule(callback, delay) {
  clearTimeout(timer);
  timer = setTimeout(callback, delay);
}

/* The browser's own tooltip would cover the preview: the title becomes an accessible description. */
function moveTitle(mark) {
  if (!mark.title) return;
  mark.setAttribute("aria-description", mark.title);
  mark.removeAttribute("title");
}

document.addEventListener("pointerover", (event) => {
  if (!hasMouse.matches || event.pointerType === "touch") return;
  const mark = event.target.closest(MARK);
  if (mark) {
    moveTitle(mark);
    if (mark === currentMark) clearTimeout(timer);
    else schedule(() => show(mark), SHOW_DELAY);
  } else if (box.contains(event.target)) {
    clearTimeout(timer);
  }
});

document.addEventListener("pointerout", (event) => {
  if (event.target.closest(MARK) || box.contains(event.target)) schedule(hide, HIDE_DELAY);
});

document.addEventListener("focusin", (event) => {
  const mark = event.target.closest(MARK);
  if (!mark || !hasMouse.matches || !mark.matches(":focus-visible")) return;
  moveTitle(mark);
  clearTimeout(timer);
  show(mark);
});

document.addEventListener("focusout", (event) => {
  if (event.target === currentMark) hide();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});

addEventListener("scroll", follow, { passive: true });
addEventListener("resize", follow);
