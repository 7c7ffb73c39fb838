// Lines that do not stay under the pointer when the part that they open comes or goes.
() => {
  scrollTo(0, 0);
  const lines = [...document.querySelectorAll("summary")].filter((line) => line.checkVisibility());
  const jumping = lines.filter((line) => {
    const before = line.getBoundingClientRect().top;
    line.parentElement.open = !line.parentElement.open;
    return Math.abs(line.getBoundingClientRect().top - before) > 1;
  });
  return { faults: jumping.map((line) => `jumps when it opens: ${line.textContent.trim()}`), measured: lines.length };
}
