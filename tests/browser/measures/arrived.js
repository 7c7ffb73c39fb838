// What is wrong with the path that the Tab key took.
() => {
  window.dispatchEvent(new Event("look"));
  const faults = [];
  const { came, hidden, wanted: expected } = window.path;
  // Parts that scroll are stops too, so that they can be scrolled by keys.
  const scrolls = (element) => !expected.includes(element) && /auto|scroll/.test(getComputedStyle(element).overflow);
  const met = came.filter((element) => !scrolls(element)).slice(0, expected.length);
  for (const element of new Set(expected)) {
    const times = met.filter((other) => other === element).length;
    if (times !== 1) faults.push(`${called(element)} is come to ${times} times`);
  }
  const strange = met.findIndex((element, index) => element !== expected[index]);
  if (strange >= 0) faults.push(`the order breaks at ${called(met[strange])}, not ${called(expected[strange])}`);
  faults.push(...hidden.map((element) => `${called(element)} cannot be seen when it has the focus`));
  return { faults, measured: expected.length };
}
