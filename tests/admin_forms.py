"""An editor in the admin: opens a form, fills it in as a browser would, presses a button."""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.reading import Page, find, words

MESSAGES = re.compile(r'<ul class="(?:messagelist|errorlist)\b[^>]*>.*?</ul>', re.DOTALL)


@dataclass
class Form:
    """A form of the admin as its page shows it, with what a person has filled in since."""

    browser: Client
    url: str
    fields: dict[str, Any] = field(default_factory=dict)
    empty: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The empty row of each inline that got one, as the page had it."""

    @classmethod
    def open(cls, browser: Client, url: str) -> "Form":
        """Read every field of the form at a URL."""
        response = browser.get(url)
        assert response.status_code == 200, f"{url}: {response.status_code}"
        return cls(browser, url, read_fields(Page(response)))

    def fill(self, **values: Any) -> "Form":
        """Type into fields; None empties one (and takes the tick off)."""
        for name, value in values.items():
            if value is None:
                self.fields.pop(name, None)
            else:
                self.fields[name] = value
        return self

    def row(self, prefix: str, **values: Any) -> "Form":
        """“Add another”: the empty row of an inline, or one more, filled in."""
        total = f"{prefix}-TOTAL_FORMS"
        number = int(self.fields[total])
        if prefix not in self.empty:
            has_spare = number > int(self.fields[f"{prefix}-INITIAL_FORMS"])
            start = f"{prefix}-{number - 1 if has_spare else '__prefix__'}-"
            self.empty[prefix] = {
                name.removeprefix(start): value
                for name, value in self.fields.items()
                if name.startswith(start)
            }
            number -= has_spare
        self.fields[total] = str(number + 1)
        row = self.empty[prefix] | values
        return self.fill(**{f"{prefix}-{number}-{name}": value for name, value in row.items()})

    def press(self, button: str = "_save") -> HttpResponse:
        """Send the form by one of its buttons and follow to the page after it."""
        sent = {name: value for name, value in self.fields.items() if "__prefix__" not in name}
        return self.browser.post(self.url, {**sent, button: "1"}, follow=True)


def read_fields(page: Page) -> dict[str, Any]:
    """What a browser would send of the main form, buttons apart."""
    form = next(form for form in page.all("form") if form.get("id", "").endswith("_form"))
    fields: dict[str, Any] = {}
    for element in form.iter():
        name = element.get("name")
        if name and element.tag in {"input", "select", "textarea"}:
            value = _value(element)
            if value is not None:
                fields[name] = value
    return fields


def _value(element: Element) -> Any:
    if element.tag == "textarea":
        return (element.text or "").removeprefix("\n")
    if element.tag == "select":
        chosen = [option.get("value") for option in find(element, "option", selected="")]
        return chosen if element.get("multiple") is not None else (chosen or [""])[0]
    kind = element.get("type")
    if kind in {"checkbox", "radio"}:
        return element.get("value", "on") if element.get("checked") is not None else None
    return None if kind in {"submit", "button", "file"} else element.get("value", "")


def add(browser: Client, model: str) -> Form:
    """The empty form of a model: `add(browser, "remedies_remedy")`."""
    return Form.open(browser, reverse(f"admin:{model}_add"))


def change(browser: Client, row: Any) -> Form:
    """The form of a stored row."""
    return Form.open(browser, admin_url(row))


def admin_url(row: Any, page: str = "change") -> str:
    """The URL where a stored row is edited (or deleted, or withdrawn)."""
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[row.pk])


def messages_of(response: HttpResponse) -> str:
    """The messages on the page after a form was sent, or the errors of the form."""
    lists = MESSAGES.findall(response.content.decode())  # a whole form is slow to parse
    return " ".join(words(Page(part).one("body")) for part in lists)
