/* Shows a reference beside its mark, for those who point with a mouse or come by keyboard: after a
   pause on the mark, at once on focus. Touch has the link itself, to the list and back. */
const PAUSE = 500;
const LINGER = 300;
const GAP = 8;
const MARK = "sup.cite a";
const NOT_SHOWN = ".reference__back, .paper-only-inline";

const fine = matchMedia("(hover: hover) and (pointer: fine)");
const box = document.createElement("div");
let shown = null;
let timer = 0;

/* Hidden from screen readers: the mark names its work, and its link leads to these very words. */
box.className = "cite-preview";
box.popover = "manual";
box.ariaHidden = "true";
document.body.append(box);

function fill(reference) {
  const copy = reference.cloneNode(true);
  copy.querySelectorAll(NOT_SHOWN).forEach((part) => part.remove());
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
  shown = mark;
}

function hide() {
  clearTimeout(timer);
  if (shown) box.hidePopover();
  shown = null;
}

/* Coming to a mark by keyboard may scroll the page: the preview goes along while its mark is seen. */
function follow() {
  if (!shown) return;
  const { top, bottom } = shown.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) hide();
  else place(shown);
}

function later(deed, wait) {
  clearTimeout(timer);
  timer = setTimeout(deed, wait);
}

/* The browser's own label would come on top of the preview; as a description it stays. */
function unlabel(mark) {
  if (!mark.title) return;
  mark.setAttribute("aria-description", mark.title);
  mark.removeAttribute("title");
}

document.addEventListener("pointerover", (event) => {
  if (!fine.matches || event.pointerType === "touch") return;
  const mark = event.target.closest(MARK);
  if (mark) {
    unlabel(mark);
    if (mark === shown) clearTimeout(timer);
    else later(() => show(mark), PAUSE);
  } else if (box.contains(event.target)) {
    clearTimeout(timer);
  }
});

document.addEventListener("pointerout", (event) => {
  if (event.target.closest(MARK) || box.contains(event.target)) later(hide, LINGER);
});

document.addEventListener("focusin", (event) => {
  const mark = event.target.closest(MARK);
  if (!mark || !fine.matches || !mark.matches(":focus-visible")) return;
  unlabel(mark);
  clearTimeout(timer);
  show(mark);
});

document.addEventListener("focusout", (event) => {
  if (event.target === shown) hide();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});

addEventListener("scroll", follow, { passive: true });
addEventListener("resize", follow);
