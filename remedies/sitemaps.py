"""What search engines are told of: published pages only."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from conditions.models import Condition
from publishing.models import Revision, Subject, SubjectQuerySet
from remedies.models import Remedy, RemedyConditionEntry


class _OfThisSite(Sitemap[Any]):
    """Addresses as SITE_URL has them, whatever host the request named."""

    def get_domain(self, site: Any = None) -> str:
        """The operator's host."""
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """The operator's scheme."""
        return urlsplit(settings.SITE_URL).scheme


class _Published(_OfThisSite):
    model: type[Subject[Revision]]

    def items(self) -> SubjectQuerySet[Subject[Revision]]:
        """The published ones, in a fixed order."""
        return self.model.objects.published().with_parts().order_by("pk")

    def lastmod(self, item: Subject[Revision]) -> datetime | None:
        """When the current revision was published."""
        return item.published_at


class Remedies(_Published):
    """Overviews."""

    model = Remedy


class Conditions(_Published):
    """Condition pages."""

    model = Condition


class Entries(_Published):
    """Entry pages."""

    model = RemedyConditionEntry


class Standing(_OfThisSite):
    """Pages that are always there."""

    def items(self) -> list[str]:
        """By the names of their addresses."""
        return [
            *("home", "remedies", "conditions", "evidence_map"),
            *("recently_reviewed", "recently_corrected"),
            *("about", "privacy", "grading", "rules"),
        ]

    def location(self, item: str) -> str:
        """The address."""
        return reverse(item)


SITEMAPS = {
    "standing": Standing,
    "remedies": Remedies,
    "conditions": Conditions,
    "entries": Entries,
}
