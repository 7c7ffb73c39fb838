// What would be lost to somebody who sees no colours, or only those of their own choice.
({ forced }) => {
  const faults = new Set();
  const measured = new Set();
  const all = (selector) => {
    const found = [...document.querySelectorAll(selector)].filter(shown);
    found.forEach((element) => measured.add(element));
    return found;
  };
  const sides = ["BlockStart", "BlockEnd", "InlineStart", "InlineEnd"];

  const isSeen = (paint, ground) => colour(paint)[3] > 0.5 && contrast(paint, ground) >= 3;

  // The widest edge of a box that shows on what lies behind it.
  function edge(element) {
    const style = getComputedStyle(element);
    const ground = behind(element.parentElement);
    const widths = sides
      .filter((side) => style[`border${side}Style`] !== "none" && isSeen(style[`border${side}Color`], ground))
      .map((side) => parseFloat(style[`border${side}Width`]));
    return Math.max(0, ...widths);
  }

  for (const control of all("button, .button, input:not([type=checkbox], [type=radio]), select, textarea")) {
    if (!edge(control)) faults.add(`${called(control)} has no edge`);
  }
  for (const box of all(".callout, .board, .facts__caution, .tag, .error-summary, .disclosure")) {
    if (!edge(box)) faults.add(`${called(box)} has no edge`);
  }

  // Filled and empty pips, side by side.
  const looks = (pip) => colour(getComputedStyle(pip).backgroundColor)[3] && contrast(getComputedStyle(pip).backgroundColor, behind(pip.parentElement));
  for (const pip of all(".pips__pip--filled")) if (looks(pip) < 3) faults.add("a filled pip looks empty");
  for (const pip of all(".pips__pip:not(.pips__pip--filled)")) {
    if (looks(pip) >= 1.5) faults.add("an empty pip looks filled");
    if (!edge(pip)) faults.add("an empty pip has no edge");
  }

  // The current one of several, by an edge or a weight that the others have not.
  const shape = (element) => {
    const style = getComputedStyle(element);
    const ground = behind(element);
    const edges = sides.map((side) => (isSeen(style[`border${side}Color`], ground) ? style[`border${side}Width`] : 0));
    return [...edges, style.textDecorationLine, style.textDecorationThickness].join(" ");
  };
  for (const current of all("[aria-current]")) {
    const others = [...current.closest("ul, ol, p, nav").querySelectorAll("a")].filter((link) => shown(link) && !link.matches("[aria-current]"));
    const isBold = others.every((link) => getComputedStyle(link).fontWeight < getComputedStyle(current).fontWeight);
    if (others.length && !isBold) faults.add(`${called(current)} is not bolder than the others`);
    if (others.some((link) => shape(link) === shape(current))) faults.add(`${called(current)} has no edge of its own`);
  }
  for (const pressed of all("[aria-pressed=true]")) {
    const other = pressed.parentElement.querySelector("[aria-pressed=false]");
    if (other && shown(other) && edge(pressed) <= edge(other)) faults.add(`${called(pressed)} does not look pressed`);
  }

  // Links in texts are underlined; in navigation they stand alone, and a mark without words is a drawing.
  const hasWords = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.data.trim() && shown(walker.currentNode.parentElement)) return true;
    return false;
  };
  for (const link of all("a[href]:not(.button)")) {
    if (!hasWords(link)) continue;
    const isUnderlined = [link, ...link.querySelectorAll("*")].some((part) => getComputedStyle(part).textDecorationLine.includes("underline"));
    const isMark = link.closest("header, nav, footer, sup") || link.matches("[aria-current]");
    if (!isUnderlined && !isMark) faults.add(`${called(link)} is not underlined`);
  }
  if (forced && !matchMedia("(forced-colors: active)").matches) faults.add("the colours are not forced");
  return { faults: [...faults], measured: measured.size };
}
