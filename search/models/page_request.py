"""Pages that readers ask for."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition
from remedies.models import Remedy
from remedies_site.constraints import filled, one_of
from search.requests.choices import RequestListing, RequestState


class PageRequest(models.Model):
    """A name for which there is no page, and how often people asked for one. Who asked is not stored.

    `folded` are the words as search compares them; `words` are those of whoever asked first.
    """

    folded = models.CharField(_("words compared"), max_length=120, unique=True, editable=False)
    words = models.CharField(_("asked for"), max_length=60, editable=False)
    asks = models.PositiveIntegerField(_("times"), default=1, editable=False)
    first_requested_on = models.DateField(
        _("first asked"), default=timezone.localdate, editable=False
    )
    last_requested_on = models.DateField(
        _("last asked"), default=timezone.localdate, editable=False
    )
    state = models.CharField(
        _("state"), max_length=9, choices=RequestState.choices, default=RequestState.OPEN
    )
    listing = models.CharField(
        _("shown to readers"),
        max_length=7,
        choices=RequestListing.choices,
        default=RequestListing.COUNTED,
    )
    answer = models.CharField(
        _("answer"), max_length=400, blank=True, help_text=_("Readers see it on the list.")
    )
    remedy = models.ForeignKey(
        Remedy, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    condition = models.ForeignKey(
        Condition, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request for a page")
        verbose_name_plural = _("requests for pages")
        ordering = ("-asks", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(F("asks").desc(), F("id").desc(), name="search_requests_by_number"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("state", RequestState),
            one_of("listing", RequestListing),
            filled("folded"),
            filled("words"),
            models.CheckConstraint(condition=Q(asks__gte=1), name="search_pagerequest_asked_for"),
            models.CheckConstraint(
                condition=Q(first_requested_on__lte=F("last_requested_on")),
                name="search_pagerequest_first_before_last",
            ),
            models.CheckConstraint(
                condition=Q(remedy__isnull=True) | Q(condition__isnull=True),
                name="search_pagerequest_of_one_page",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def page(self) -> Remedy | Condition | None:
        """The page that readers see now; None where there is none."""
        page = self.remedy or self.condition
        return page if page is not None and page.is_published else None
