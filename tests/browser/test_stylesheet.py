"""The shortened stylesheet says to a browser what its sources say."""

from remedies_site.staticbundle import build_bundle, minify, stylesheets

RULES = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    // A variable keeps its blanks as they were written.
    return [...sheet.cssRules].map(rule => rule.cssText.replace(/\\s+/g, " ").replace(/, /g, ","));
}"""


def test_a_browser_reads_the_same_rules_from_both(page) -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in stylesheets())
    read = page.evaluate(RULES, sources)
    assert len(read) > 40
    assert page.evaluate(RULES, build_bundle().read_text(encoding="utf-8")) == read


def test_a_difference_is_seen(page) -> None:
    rule = "a { color: red } b :hover { color: red }"
    assert page.evaluate(RULES, minify(rule)) == page.evaluate(RULES, rule)
    assert page.evaluate(RULES, rule.replace(" :", ":")) != page.evaluate(RULES, rule)
