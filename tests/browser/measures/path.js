// Writes down where the Tab key comes to. Each place is looked at when the next key goes down: by
// then the browser has scrolled to it.
({ backwards }) => {
  window.path = { came: [], hidden: [], wanted: stops(backwards) };
  document.body.tabIndex = -1; // begin at the top, wherever the page has put the focus
  document.body.focus();
  document.body.removeAttribute("tabindex");

  // Whether something of the element can be seen where it stands.
  function isCovered(element) {
    const boxes = [...element.getClientRects()].filter((box) => box.width && box.height);
    const parts = [0.1, 0.5, 0.9];
    const points = boxes.flatMap((box) => parts.flatMap((across) => parts.map((down) => [box.left + box.width * across, box.top + box.height * down])));
    return !points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element);
    });
  }

  function look() {
    const element = document.activeElement;
    if (!element || element === document.body || path.came.at(-1) === element) return;
    path.came.push(element);
    if (isCovered(element)) path.hidden.push(element);
    if (!element.matches(":focus-visible")) path.hidden.push(element);
  }
  window.addEventListener("keydown", look, true);
  window.addEventListener("look", look);
  return path.wanted.length;
}
