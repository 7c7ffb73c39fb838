"""The choices of conditions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """The part of the body or of medicine a condition is listed under."""

    CARDIOVASCULAR = "cardiovascular", _("Heart and circulation")
    DIGESTIVE = "digestive", _("Digestion")
    EAR = "ear", _("Ear")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    MUSCULOSKELETAL = "musculoskeletal", _("Bones, joints and muscles")
    NEUROLOGICAL = "neurological", _("Brain and nerves")
    PREGNANCY = "pregnancy", _("Pregnancy")
    RESPIRATORY = "respiratory", _("Breathing")
    SLEEP = "sleep", _("Sleep")
    UROLOGICAL = "urological", _("Kidneys and bladder")
    WOMENS_HEALTH = "womens_health", _("Women's health")
    OTHER = "other", _("Other")
