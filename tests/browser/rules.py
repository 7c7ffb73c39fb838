"""What axe-core finds wrong with a page: every rule for WCAG 2.2 A and AA and of good practice."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.walk import Measured

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Rules that are switched off as axe-core comes, like the one for small targets, are on here.
RUN = """([tags, part]) => {
  const rules = axe.getRules(tags).filter(rule => !rule.tags.includes("deprecated"));
  const on = Object.fromEntries(rules.map(rule => [rule.ruleId, { enabled: true }]));
  return axe.run(part ?? document, {
    runOnly: { type: "tag", values: tags }, rules: on, resultTypes: ["violations"],
  });
}"""


def violations(page: Page, part: str | None = None) -> Measured:
    """Each with its rule, the place and what is wrong; of one part of the page, or all of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, [TAGS, part])
    faults = [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    return Measured(faults, len(found["passes"]) + len(found["violations"]))
