// What every measure needs: what a person sees, how to name it, and colours as numbers.

const HIDDEN = "inset(50%)"; // the clip-path of what only screen readers get

function shown(element) {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
  for (let part = element; part; part = part.parentElement) {
    if (getComputedStyle(part).clipPath === HIDDEN) return false;
  }
  return true;
}

// "a.cite__link “3”": enough to find it in the templates.
function called(element) {
  const classes = [...element.classList].map((name) => `.${name}`).join("");
  const words = (element.innerText || element.getAttribute("name") || element.id || "").trim().replace(/\s+/g, " ");
  return `${element.localName}${classes} “${words.slice(0, 40)}”`;
}

const rounded = (number) => Math.round(number * 10) / 10;

// A colour as the browser computed it: [red, green, blue, opacity], from 0 to 1.
const painter = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const known = new Map();
function colour(text) {
  if (!known.has(text)) {
    painter.clearRect(0, 0, 1, 1);
    painter.fillStyle = text;
    painter.fillRect(0, 0, 1, 1);
    known.set(text, [...painter.getImageData(0, 0, 1, 1).data].map((part) => part / 255));
  }
  return known.get(text);
}

// The first solid colour below an element's content, from `element` upwards.
function behind(element) {
  for (let part = element; part; part = part.parentElement) {
    const found = getComputedStyle(part).backgroundColor;
    if (colour(found)[3] === 1) return found;
  }
  return "white";
}

function luminance(text) {
  const [red, green, blue] = colour(text).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

// What the Tab key should come to, in the order of the document; or Shift and Tab, from its end.
function stops(backwards = false) {
  const found = document.querySelectorAll(
    "a[href], button:not(:disabled), input:not([type=hidden], :disabled), select, textarea, summary, [tabindex='0']",
  );
  const all = [...found].filter(
    (element) => shown(element) && (element.type !== "radio" || element === stopOf(element.name, backwards)),
  );
  return backwards ? all.reverse() : all;
}

// A group of radio buttons is one stop: the chosen one, else the one that is nearest.
function stopOf(name, backwards) {
  const group = [...document.querySelectorAll(`input[type=radio][name="${name}"]`)];
  return group.find((radio) => radio.checked) ?? group.at(backwards ? -1 : 0);
}
