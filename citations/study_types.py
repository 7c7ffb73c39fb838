"""The study types: what kind of work a citation is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StudyType(TextChoices):
    """The type of a work; it decides under which heading of a page its evidence is listed."""

    META_ANALYSIS = "meta_analysis", _("meta-analysis")
    SYSTEMATIC_REVIEW = "systematic_review", _("systematic review")
    GUIDELINE = "guideline", _("guideline")
    RANDOMISED_TRIAL = "randomised_trial", _("randomised trial")
    CROSSOVER_TRIAL = "crossover_trial", _("crossover trial")
    OPEN_LABEL_TRIAL = "open_label_trial", _("open-label trial")
    COHORT = "cohort", _("cohort study")
    CASE_CONTROL = "case_control", _("case-control study")
    CROSS_SECTIONAL = "cross_sectional", _("cross-sectional study")
    CASE_SERIES = "case_series", _("case series")
    CASE_REPORT = "case_report", _("case report")
    REGISTRY_ENTRY = "registry_entry", _("registered trial")
    LABORATORY_STUDY = "laboratory_study", _("laboratory study")
    NARRATIVE_REVIEW = "narrative_review", _("narrative review")
    REFERENCE_WORK = "reference_work", _("reference work")
    REGULATORY = "regulatory_communication", _("regulator's communication")
    PRODUCT_INFORMATION = "product_information", _("product information")
    PRODUCT_ANALYSIS = "product_analysis", _("product analysis")
