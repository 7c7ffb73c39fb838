"""The library of works, each with a key that never changes."""

from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citations.authors import display_name
from citations.choices import RegistryStatus, StudyType
from citations.identifiers import DOI_PATTERN, doi_link
from remedies_site.constraints import filled, one_of
from remedies_site.markup import KEY


class Citation(models.Model):
    """A work that texts and rows cite."""

    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[
            RegexValidator(rf"\A{KEY}\Z", _("Use letters, digits and - _ . : / without blanks."))
        ],
        help_text=_("How texts name it: Jadidi2022 is cited as [@Jadidi2022]. It never changes."),
    )
    title = models.TextField(_("title"))
    authors = models.TextField(
        _("authors"),
        blank=True,
        help_text=_(
            "One on each line, family name and initials. An organisation whose last word would be "
            "taken for initials stands in braces: {Food Standards Agency UK}."
        ),
    )
    container = models.CharField(
        _("journal or site"), max_length=300, blank=True, help_text=_("With volume and pages.")
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    doi = models.CharField(
        "DOI",
        max_length=200,
        blank=True,
        validators=[
            RegexValidator(rf"\A{DOI_PATTERN}\Z", _("A DOI begins with 10. and a number."))
        ],
    )
    pmid = models.CharField(
        "PMID", max_length=9, blank=True, validators=[RegexValidator(r"\A[1-9]\d{0,8}\Z")]
    )
    pmcid = models.CharField(
        "PMCID",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"\APMC\d+\Z", _("A PMCID is PMC and a number."))],
    )
    nct = models.CharField(
        "NCT",
        max_length=11,
        blank=True,
        validators=[RegexValidator(r"\ANCT\d{8}\Z", _("A registry number is NCT and 8 digits."))],
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    study_type = models.CharField(_("kind of study"), max_length=30, choices=StudyType.choices)
    sample_size = models.PositiveIntegerField(
        _("number of people"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    registry_status = models.CharField(
        _("status of a registered trial"),
        max_length=10,
        choices=RegistryStatus.choices,
        blank=True,
    )
    completion_due = models.DateField(
        _("registered date of completion"),
        null=True,
        blank=True,
        help_text=_(
            "Past it, a trial that is still called ongoing is on the list of what is stale."
        ),
    )
    funding = models.CharField(_("funding"), max_length=300, blank=True)
    retracted_on = models.DateField(_("retracted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("key",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("key"),
            filled("title"),
            one_of("study_type", StudyType),
            one_of("registry_status", RegistryStatus, blank=True),
            models.CheckConstraint(
                condition=Q(registry_status="", completion_due__isnull=True)
                | Q(study_type=StudyType.REGISTRY_ENTRY),
                name="citations_citation_only_registers_have_a_status",
                violation_error_message=_("Only a registered trial has a status."),
            ),
            models.CheckConstraint(
                condition=~Q(doi="", pmid="", pmcid="", nct="", url=""),
                name="citations_citation_can_be_found",
                violation_error_message=_(
                    "Give a way to find the work: DOI, PMID, PMCID, NCT or an address."
                ),
            ),
            models.UniqueConstraint(
                Lower("doi"),  # DOIs compare without regard to case
                condition=~Q(doi=""),
                name="citations_citation_doi_once",
                violation_error_message=_("Another work of the library has this DOI."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[name],
                    condition=~Q(**{name: ""}),
                    name=f"citations_citation_{name}_once",
                    violation_error_message=_("Another work of the library has this number."),
                )
                for name in ("pmid", "pmcid")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title[:80]}"

    @property
    def author_lines(self) -> list[str]:
        """The authors in the order of the work, as `citations.authors` keeps them."""
        return [line.strip() for line in self.authors.splitlines() if line.strip()]

    @property
    def author_list(self) -> list[str]:
        """The authors as readers see them."""
        return [display_name(line) for line in self.author_lines]

    @property
    def short_name(self) -> str:
        """“Jadidi A et al., 2022”."""
        authors = self.author_list
        first = authors[0] if authors else self.container or self.title[:40]
        several = " et al." if len(authors) > 1 else ""
        return f"{first}{several}, {self.year}" if self.year else f"{first}{several}"

    @property
    def link(self) -> str:
        """The URL of the work: by DOI, PMID, PMCID, registry number, or its own."""
        if self.doi:
            return doi_link(self.doi)
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        if self.pmcid:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmcid}/"
        if self.nct:
            return f"https://clinicaltrials.gov/study/{self.nct}"
        return self.url


class FormerKey(models.Model):
    """The key of a work that was merged into another one: revisions from before still name it."""

    key = models.CharField(_("key"), max_length=80, unique=True)
    work = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="former_keys")
    merged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("former key")
        verbose_name_plural = _("former keys")
        constraints: ClassVar[list[models.BaseConstraint]] = [filled("key")]

    def __str__(self) -> str:
        return self.key


class LinkCheck(models.Model):
    """The last look at the address of a work: when, and what came of it.

    `broken_since` is empty where the address answers, or its host only keeps programs out.
    """

    citation = models.OneToOneField(Citation, on_delete=models.CASCADE, related_name="link_check")
    url = models.URLField(max_length=500)
    checked_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    message = models.CharField(max_length=200, blank=True)
    broken_since = models.DateTimeField(_("address broken since"), null=True)

    class Meta:
        verbose_name = _("look at an address")
        verbose_name_plural = _("looks at addresses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(broken_since__isnull=True) | ~Q(message=""),
                name="citations_linkcheck_broken_says_why",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["broken_since", "id"],
                condition=Q(broken_since__isnull=False),
                name="citations_links_broken",
            )
        ]

    def __str__(self) -> str:
        return f"{self.citation_id}: {self.url}"
