"""The panel of the admin's first page about addresses that do not answer."""

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citations.models import Citation, LinkCheck
from remedies_site.editing.front_page import (
    MOST_ITEMS,
    Panel,
    PanelContent,
    PanelGroup,
    PanelItem,
)
from remedies_site.editing.read_only import admin_url

if TYPE_CHECKING:
    from accounts.models import User

MOST_COUNTED = 200


def _broken_links(_user: "User") -> PanelContent:
    broken = LinkCheck.objects.filter(broken_since__isnull=False).order_by("broken_since", "pk")
    checks = list(broken.select_related("citation")[:MOST_COUNTED])
    latest = LinkCheck.objects.order_by("-checked_at").values_list("checked_at", flat=True).first()
    return PanelContent(
        items=[
            PanelItem(
                check.citation.key,
                admin_url(check.citation, "change", check.citation_id),
                _("%(message)s Since %(date)s.")
                % {
                    "message": check.message,
                    "date": date_format(localtime(check.broken_since), "DATE_FORMAT"),
                },
            )
            for check in checks[:MOST_ITEMS]
        ],
        count=len(checks),
        is_capped=len(checks) == MOST_COUNTED,
        more_url=f"{admin_url(Citation, 'changelist')}?link_check__broken_since__isempty=0",
        note=_("Last look: %(date)s.") % {"date": date_format(localtime(latest), "DATE_FORMAT")}
        if latest
        else _("No address was looked at yet: `manage.py check_links` does it."),
    )


PANELS = (
    Panel(
        "links",
        PanelGroup.PAGES,
        gettext_lazy("Broken links of references"),
        gettext_lazy("Every address that was looked at answers."),
        ("citations.change_citation",),
        _broken_links,
    ),
)
