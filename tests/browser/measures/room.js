// Text that is out of its box, out of the window, or over other text; and whatever scrolls sideways.
({ placeholders = true }) => {
  const MARK = 9; // by so much may the room around a citation mark stand out of its line
  // A bar of links that scrolls sideways: the keyboard goes from link to link.
  const BAR = ".on-this-page__list";
  // What stays in sight lies over what scrolls under it, by intent.
  const STICKY = ".on-this-page, .conditions-nav__here";
  // A part that scrolls both ways: it has a name, and the keyboard reaches it.
  const REGION = "[role=region][tabindex='0'][aria-labelledby]";
  const faults = new Set();
  const root = document.documentElement;
  const width = root.clientWidth;
  if (root.scrollWidth > width) faults.add(`the page scrolls sideways: ${root.scrollWidth} > ${width}`);

  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const boxes = new Map();
  // The room inside an element's border, where text may stand.
  const roomOf = (element) => {
    if (!boxes.has(element)) {
      const box = element.getBoundingClientRect();
      boxes.set(element, {
        left: box.left + element.clientLeft,
        right: box.left + element.clientLeft + element.clientWidth,
        top: box.top + element.clientTop,
        bottom: box.top + element.clientTop + element.clientHeight,
      });
    }
    return boxes.get(element);
  };
  const isPlain = (style) => /^(inline|contents|ruby)$/.test(style.display);
  const scrolls = (style) => /auto|scroll/.test(`${style.overflowX} ${style.overflowY}`);
  const hasBox = (style) =>
    style.overflowX !== "visible" ||
    style.backgroundColor !== "rgba(0, 0, 0, 0)" ||
    parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth) > 0;

  // A line of text is taller than its letters: fonts differ in the room above and below them.
  function lettersOf(line) {
    const spare = line.height * 0.25;
    return { left: line.left, right: line.right, top: line.top + spare, bottom: line.bottom - spare };
  }

  // Whether a stylesheet puts words before or after its own.
  const writes = (element) =>
    ["::before", "::after"].some((part) => /"[^"]/.test(getComputedStyle(element, part).content));

  // Words of a drawing belong to it as a whole; turned ones have a box larger than their letters.
  const holderOf = (element) => {
    const drawing = element.closest("svg");
    return drawing ? (drawing.closest("figure") ?? drawing.parentElement) : element;
  };
  const isTurned = (element) => Boolean(element.closest("svg [transform*=rotate]"));

  function check(letters, element, words) {
    for (let box = holderOf(element); box && box !== root; box = box.parentElement) {
      const style = styleOf(box);
      if (box.matches(`table, pre, ${BAR}, ${REGION}`) && scrolls(style)) return ""; // what scrolls to the side
      if (!isPlain(style)) {
        const room = roomOf(box);
        if (letters.left < room.left - 1 || letters.right > room.right + 1) {
          return `“${words}” is wider than ${called(box)}: ${rounded(letters.left)}–${rounded(letters.right)} in ${rounded(room.left)}–${rounded(room.right)}`;
        }
        if (scrolls(style) && box.scrollHeight > box.clientHeight) return ""; // reached by scrolling
        if (hasBox(style) && (letters.top < room.top - 1 || letters.bottom > room.bottom + 1)) {
          return `“${words}” is higher than ${called(box)}`;
        }
      }
      if (/absolute|fixed/.test(style.position)) break;
    }
    if (letters.left < -1 || letters.right > width + 1) return `“${words}” is out of the window`;
    return null;
  }

  // Where a part scrolls, what stands outside of it is not seen.
  function scrollerOf(element) {
    const box = element.closest(`.quoted, :popover-open, pre, ${REGION}`);
    return box && scrolls(styleOf(box)) ? roomOf(box) : null;
  }

  // A space that is kept at the end of a line hangs over its edge.
  function isSpace(text, line) {
    const letter = document.createRange();
    return [...text.data.matchAll(/\S+/g)].every(({ index, 0: word }) => {
      letter.setStart(text, index);
      letter.setEnd(text, index + word.length);
      return ![...letter.getClientRects()].some((box) => box.top === line.top && box.right > line.right - 1);
    });
  }

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const visible = new Map();
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const element = text.parentElement;
    if (!text.data.trim() || /^(script|style|noscript|option|textarea)$/.test(element.localName)) continue;
    if (!visible.has(element)) visible.set(element, shown(element));
    if (!visible.get(element)) continue;
    const words = text.data.trim().replace(/\s+/g, " ").slice(0, 40);
    range.setStart(text, text.data.search(/\S/));
    range.setEnd(text, text.data.trimEnd().length);
    const seen = scrollerOf(element);
    for (const line of range.getClientRects()) {
      if (line.width < 1 || line.bottom + scrollY < 0) continue; // above the page: the skip link
      const letters = lettersOf(line);
      if (seen && (letters.top < seen.top || letters.bottom > seen.bottom)) continue;
      if (seen && element.closest(REGION) && (letters.left < seen.left || letters.right > seen.right)) continue;
      const fault = check(letters, element, words);
      if (fault && !isSpace(text, line)) faults.add(fault);
      if (!isTurned(element)) lines.push({ ...letters, words, element });
    }
  }

  // Text over text. An open popover lies over the page by intent.
  const layerOf = (element) => element.closest(STICKY) ?? element.closest(":popover-open") ?? element.closest(".skip-link");
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < one.bottom - 1; next++) {
      const other = lines[next];
      const isOver = one.left < other.right - 2 && other.left < one.right - 2;
      if (isOver && layerOf(one.element) === layerOf(other.element)) {
        faults.add(`“${one.words}” lies over “${other.words}”`);
      }
    }
  });

  // Whatever else has a width of its own, and words that come from a stylesheet.
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.clientWidth && !/^(svg|img)$/.test(element.localName)) continue;
    if (/^(svg|img|input|button|textarea|select|table|pre)$/.test(element.localName) && shown(element)) {
      const fault = check(element.getBoundingClientRect(), element.parentElement, called(element));
      if (fault) faults.add(fault);
    } else if (element.scrollWidth > element.clientWidth + MARK && writes(element) && shown(element)) {
      faults.add(`${called(element)} holds more than its width: ${element.scrollWidth} > ${element.clientWidth}`);
    }
  }

  // Words inside fields. What is typed scrolls; a field as wide as its form can do no more.
  const pen = document.createElement("canvas").getContext("2d");
  for (const field of placeholders ? document.querySelectorAll("input, select") : []) {
    const words = field.localName === "select" ? field.selectedOptions[0]?.text : field.placeholder;
    if (!words || (field.localName === "input" && field.value) || !shown(field)) continue;
    if (getComputedStyle(field, "::placeholder").color === "rgba(0, 0, 0, 0)") continue;
    const style = getComputedStyle(field);
    pen.font = style.font;
    pen.letterSpacing = style.letterSpacing;
    pen.wordSpacing = style.wordSpacing;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const needed = pen.measureText(words).width;
    if (needed > room + 1 && field.offsetWidth < field.parentElement.clientWidth) {
      faults.add(`“${words}” is cut off in its field: ${rounded(needed)} > ${rounded(room)}`);
    }
  }
  return { faults: [...faults], measured: lines.length };
}
