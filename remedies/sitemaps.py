"""The sitemap for search engines: URLs of published pages only."""

from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from conditions.models import Condition
from publishing.models import Revision, Subject
from remedies.models import Remedy, RemedyConditionEntry

ItemT = TypeVar("ItemT", Remedy, Condition, RemedyConditionEntry, str)
SubjectT = TypeVar("SubjectT", Remedy, Condition, RemedyConditionEntry)


class _SiteSitemap(Sitemap[ItemT]):
    """Absolute URLs begin with SITE_URL, whatever host the request named."""

    def get_domain(self, site: Any = None) -> str:
        """The host of SITE_URL."""
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """The scheme of SITE_URL."""
        return urlsplit(settings.SITE_URL).scheme


class _SubjectSitemap(_SiteSitemap[SubjectT]):
    def lastmod(self, item: Subject[Revision]) -> datetime | None:
        """When the current revision was published."""
        return item.published_at


class RemedySitemap(_SubjectSitemap[Remedy]):
    """Overviews of remedies."""

    def items(self) -> QuerySet[Remedy]:
        """The published ones, in a fixed order."""
        return Remedy.objects.published().order_by("pk")


class ConditionSitemap(_SubjectSitemap[Condition]):
    """Pages of conditions."""

    def items(self) -> QuerySet[Condition]:
        """The published ones, in a fixed order."""
        return Condition.objects.published().order_by("pk")


class EntrySitemap(_SubjectSitemap[RemedyConditionEntry]):
    """Pages of entries."""

    def items(self) -> QuerySet[RemedyConditionEntry]:
        """The published ones with the two rows whose slugs make the URL, in a fixed order."""
        entries = RemedyConditionEntry.objects.published()
        return entries.order_by("pk").select_related("remedy", "condition")


class StaticSitemap(_SiteSitemap[str]):
    """Pages that every site has."""

    def items(self) -> list[str]:
        """The names of their URLs."""
        return [
            *("home", "remedies", "conditions", "evidence_map"),
            *("recently_reviewed", "recently_corrected"),
            *("about", "privacy", "grading", "rules"),
        ]

    def location(self, item: str) -> str:
        """The path of a URL name."""
        return reverse(item)


SITEMAPS = {
    "static": StaticSitemap,
    "remedies": RemedySitemap,
    "conditions": ConditionSitemap,
    "entries": EntrySitemap,
}
