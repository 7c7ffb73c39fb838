// Of the fonts that a reader of this machine may get, the two that put most and fewest letters in a
// column: its width is counted in zeros, and letters are narrower than those by a different share.
() => {
  const named = getComputedStyle(document.documentElement).getPropertyValue("--font").split(",");
  const fonts = [...named.map((name) => name.trim()), "serif", "sans-serif", "DejaVu Sans", "Liberation Sans Narrow"];
  const pen = document.createElement("canvas").getContext("2d");
  const text = "What was studied, in how many people, what came out, and how far to trust it.";
  const share = (font) => {
    pen.font = `17px ${/^[a-z-]+$/.test(font) ? font : `"${font.replaceAll('"', "")}", system-ui`}`;
    return pen.measureText(text).width / pen.measureText("0").width;
  };
  fonts.sort((one, other) => share(one) - share(other));
  return [fonts.at(0), fonts.at(-1)];
}
