"""The panels of the admin's first page about what pages need."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remedies.lint.content_report import content_report
from remedies_site.editing.front_page import Panel, PanelContent, PanelGroup, PanelItem, Text

if TYPE_CHECKING:
    from accounts.models import User

_EDITORS = ("remedies.change_remedyconditionentry",)


def _panel(section: str, title: Text, empty: Text) -> Panel:
    def load(_user: "User") -> PanelContent:
        report = content_report(timezone.localdate())
        listed = report.sections[section]
        return PanelContent(
            items=[PanelItem(line.name, line.url, line.message) for line in listed.lines],
            count=listed.count,
            more_url=f"{reverse('admin:remedies_todo')}#{section}",
            note="" if report.is_current else _age(report.computed_at),
        )

    return Panel(section, PanelGroup.PAGES, title, empty, _EDITORS, load)


def _age(computed_at: object) -> str:
    if computed_at is None:
        return _("Nobody has looked yet; it is done within ten minutes.")
    when = date_format(timezone.localtime(computed_at), "SHORT_DATETIME_FORMAT")  # type: ignore[arg-type]
    return _("As of %(time)s; pages have changed since.") % {"time": when}


PANELS = (
    _panel("errors", gettext_lazy("Errors"), gettext_lazy("No page has an error.")),
    _panel(
        "retracted",
        gettext_lazy("Retracted works that pages cite"),
        gettext_lazy("No page cites a retracted work."),
    ),
    _panel(
        "due", gettext_lazy("Reviews due"), gettext_lazy("No review is due in the next 60 days.")
    ),
    _panel(
        "debts",
        gettext_lazy("Debts to readers"),
        gettext_lazy(
            "Every warning is checked, every search is on record, every known work is read."
        ),
    ),
    _panel(
        "stale",
        gettext_lazy("Works and warnings to look at again"),
        gettext_lazy("No register entry or review is old, and the check matches every warning."),
    ),
)
