"""The joined and shortened stylesheets say to a browser what their sources say, and all that pages need."""

import pytest

from remedies_site.staticbundle import STYLESHEETS, build_bundle, minify, stylesheets
from tests.populated_site import PAGE_TYPES
from tests.stylesheets import TOKENS

RULES = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    // Each rule with its layer: joined sources share a block. A variable keeps its blanks as written.
    const rules = [...sheet.cssRules].flatMap(rule => rule instanceof CSSLayerBlockRule
        ? [...rule.cssRules].map(inner => `${rule.name}: ${inner.cssText}`) : [rule.cssText]);
    return rules.map(rule => rule.replace(/\\s+/g, " ").replace(/, /g, ","));
}"""
SELECTORS = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const found = [];
    const walk = rules => [...rules].forEach(rule => {
        if (rule.selectorText) found.push(rule.selectorText.replace(/::[\\w-]+|:(?:hover|visited)\\b/g, ""));
        if (rule.cssRules) walk(rule.cssRules);
    });
    walk(sheet.cssRules);
    return found;
}"""
MEETING = "selectors => selectors.filter(each => document.querySelector(each))"
LINKED = "document.querySelector('link[rel=stylesheet]').getAttribute('href')"


@pytest.mark.parametrize("bundle", STYLESHEETS)
def test_a_browser_reads_the_same_rules_from_both(page, bundle) -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in stylesheets(bundle))
    read = page.evaluate(RULES, sources)
    assert len(read) > 400
    assert page.evaluate(RULES, build_bundle(bundle).read_text(encoding="utf-8")) == read


def test_a_difference_is_seen(page) -> None:
    rule = "a { color: red } b :hover { color: red }"
    assert page.evaluate(RULES, minify(rule)) == page.evaluate(RULES, rule)
    assert page.evaluate(RULES, rule.replace(" :", ":")) != page.evaluate(RULES, rule)
    inner = "@layer a { a { color: red } }"
    assert page.evaluate(RULES, inner) != page.evaluate(RULES, inner.replace("r a", "r b"))


def test_a_page_has_every_rule_that_meets_one_of_its_elements(walk) -> None:
    """An entry's stylesheet leaves out what no entry has, in any of its states."""
    seen: dict[str, int] = dict.fromkeys(STYLESHEETS, 0)
    entries = [kind for kind in PAGE_TYPES if "entry" in kind.name]
    for page, faults in walk(entries):
        bundle = page.evaluate(LINKED).removeprefix("/static/")
        seen[bundle] += 1
        left_out = {*stylesheets()} - {*stylesheets(bundle)} - {*TOKENS}
        if not left_out:
            continue
        text = "\n".join(path.read_text(encoding="utf-8") for path in left_out)
        selectors = page.evaluate(SELECTORS, text)
        assert len(selectors) > 300
        faults += page.evaluate(MEETING, selectors)
    assert all(seen.values())
