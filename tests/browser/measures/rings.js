// The ring around whatever has the focus: there, wide enough, and told apart from what is behind it.
({ width, ratio }) => {
  const faults = new Set();
  const all = stops();
  for (const element of all) {
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
  return { faults: [...faults], measured: all.length };
}
