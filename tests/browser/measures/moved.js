// What moved by itself while the page came; what a person sets in motion by a click is theirs.
() => {
  const moved = window.shifts.filter((shift) => !shift.hadRecentInput);
  const faults = moved.flatMap((shift) => shift.sources.map(({ node }) => `moved while loading: ${node?.outerHTML?.slice(0, 80) ?? "something"}`));
  return { faults, measured: PerformanceObserver.supportedEntryTypes.includes("layout-shift") ? 1 : 0 };
}
