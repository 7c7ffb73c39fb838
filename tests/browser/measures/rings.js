// The ring around whatever has the focus: there, wide enough, and told apart from what is behind it.
// With `each`, around everything that takes the focus; else around the first and the last of each sort,
// since a page with hundreds of links is styled again for each that gets the focus.
({ width, ratio, each = true }) => {
  const faults = new Set();
  const all = stops();

  // Elements with the same tags, classes and states, up to the root, get the same ring from a stylesheet.
  const STATES = ["type", "role", "aria-current", "aria-pressed", "aria-expanded", "aria-invalid", "open", "dir"];
  const sorts = new Map();
  const sortOf = (element) => {
    if (!element) return "";
    if (!sorts.has(element)) {
      const states = STATES.map((name) => element.getAttribute(name) ?? "-");
      const own = [element.localName, element.className.baseVal ?? element.className, ...states, element.style.cssText];
      sorts.set(element, `${sortOf(element.parentElement)} > ${own.join(" ")}`);
    }
    return sorts.get(element);
  };
  const first = new Map();
  const last = new Map();
  for (const element of all) {
    const sort = sortOf(element);
    if (!first.has(sort)) first.set(sort, element);
    last.set(sort, element);
  }

  const chosen = each ? all : all.filter((element) => [first, last].some((ends) => ends.get(sortOf(element)) === element));
  for (const element of chosen) {
    element.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== element) {
      faults.add(`${called(element)} takes no focus`);
      continue;
    }
    const style = getComputedStyle(element);
    const offset = parseFloat(style.outlineOffset);
    const isRing = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= width;
    if (!isRing) {
      faults.add(`${called(element)} has no ring: ${style.outline}`);
      continue;
    }
    // Outside of its element, over the ground that the element lies on; or inside, over its own.
    const grounds = offset >= 0 ? [behind(element.parentElement)] : [behind(element)];
    if (offset <= 0) grounds.push(behind(element));
    for (const ground of grounds) {
      const found = contrast(style.outlineColor, ground);
      if (found < ratio) faults.add(`${called(element)}: the ring ${style.outlineColor} on ${ground} has ${rounded(found)}`);
    }
  }
  document.activeElement.blur();
  return { faults: [...faults], measured: chosen.length };
}
