// Shows two pages side by side where there is room: each is fetched once and stands in a frame without scripts.

const WIDE = window.matchMedia("(min-width: 80rem)");

async function show(place) {
  if (place.dataset.pageFrame === "" || place.querySelector("iframe")) return;
  const response = await fetch(place.dataset.pageFrame, { credentials: "same-origin" }).catch(() => null);
  if (!response?.ok) return; // the link stays
  const frame = document.createElement("iframe");
  frame.title = place.dataset.title;
  frame.sandbox = "allow-same-origin"; // no scripts, no forms
  frame.srcdoc = withoutScripts(await response.text());
  frame.addEventListener("load", () => frame.contentDocument.addEventListener("click", stayHere));
  place.append(frame);
}

// The frame would not run them, and would say so for each.
function withoutScripts(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  page.querySelectorAll("script").forEach((script) => script.remove());
  return `<!doctype html>${page.documentElement.outerHTML}`;
}

// A link to a place in the page goes there; any other opens a page of its own.
function stayHere(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute("href");
  if (href.startsWith("#")) link.ownerDocument.getElementById(href.slice(1))?.scrollIntoView();
  else window.open(link.href, "_blank", "noopener");
}

function showAll() {
  if (WIDE.matches) document.querySelectorAll("[data-page-frame]").forEach(show);
}

WIDE.addEventListener("change", showAll);
showAll();
