// Controls that are too small to be touched. Links in a sentence may be as small as their line.
({ control, link }) => {
  const faults = new Set();
  let measured = 0;
  const isControl = (element) =>
    element.matches("button, select, textarea, summary, input, .button, nav a, [role=button]");

  // The place that answers to a touch: with a box or a circle to tick, its label counts too.
  function touched(element) {
    const own = element.getBoundingClientRect();
    const parts = /checkbox|radio/.test(element.type) ? [own, ...[...element.labels].map((label) => label.getBoundingClientRect())] : [own];
    return {
      width: Math.max(...parts.map((part) => part.right)) - Math.min(...parts.map((part) => part.left)),
      height: Math.max(...parts.map((part) => part.bottom)) - Math.min(...parts.map((part) => part.top)),
    };
  }

  // A link is in a sentence where text that is no link stands beside it in its block.
  function inSentence(element) {
    if (element.closest("sup")) return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    if (/flex|grid/.test(getComputedStyle(block).display)) return false;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (/\w{2}/.test(walker.currentNode.data) && !parent.closest("a, button, summary") && shown(parent)) return true;
    }
    return false;
  }

  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (element.type === "hidden" || !shown(element) || element.matches(".skip-link")) continue;
    measured += 1;
    const { width, height } = touched(element);
    if (isControl(element)) {
      if (height < control - 0.5 || width < link - 0.5) faults.add(`${called(element)}: ${rounded(width)} × ${rounded(height)}`);
    } else if (!inSentence(element) && (height < link - 0.5 || width < link - 0.5)) {
      faults.add(`${called(element)}: ${rounded(width)} × ${rounded(height)}`);
    }
  }
  return { faults: [...faults], measured };
}
