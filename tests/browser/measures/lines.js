// How many letters stand in the full lines of the text, in one font: what is too short or too long.
({ font, least, most }) => {
  const faults = [];
  let measured = 0;
  const range = document.createRange();
  document.documentElement.style.setProperty("--font", font);

  // The words of one block, line by line; figures of citations belong to no line.
  function linesOf(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const lines = [];
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (text.parentElement.closest("sup") || !shown(text.parentElement)) continue;
      for (const { index, 0: word } of text.data.matchAll(/\S+/g)) {
        if (word.length > most) continue; // torn over several lines
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const { bottom } = range.getBoundingClientRect();
        const line = lines.at(-1);
        if (line && Math.abs(line.bottom - bottom) < 8) line.words.push(word);
        else lines.push({ bottom, words: [word] });
      }
    }
    return lines.map((line) => line.words.join(" "));
  }

  for (const block of document.querySelectorAll("main p, main li, main dd, main td")) {
    if (!shown(block) || block.querySelector("p, div, ul, ol, dl, article, details")) continue;
    const isProse = block.matches(".prose > p");
    // Blocks inside of it may stand side by side: each has lines of its own.
    const inner = [...block.children].filter((part) => getComputedStyle(part).display === "block");
    for (const line of (inner.length ? inner : [block]).flatMap((part) => linesOf(part).slice(0, -1))) {
      measured += 1;
      if (line.length > most || (isProse && line.length < least)) faults.push(`${font}: ${line.length} letters in “${line}”`);
    }
  }
  document.documentElement.style.removeProperty("--font");
  return { faults, measured };
}
