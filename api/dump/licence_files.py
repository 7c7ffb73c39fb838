"""What stands beside the data: the licence that the operator gives, and how to cite the whole."""

import json
from datetime import datetime

from django.conf import settings


def licence_text() -> str:
    """The licence as the operator states it; nothing is claimed where they state none."""
    if not settings.DATA_LICENCE:
        contact = settings.SITE_CONTACT or "not stated by the operator"
        lines = [
            "The licence of this data is not stated by the operator.",
            "Where nobody states one, the law of copyright holds: ask before you publish it again.",
            f"Contact: {contact}",
        ]
    else:
        lines = [f"The operator publishes this data under: {settings.DATA_LICENCE}"]
        lines += [settings.DATA_LICENCE_URL] if settings.DATA_LICENCE_URL else []
    lines += [
        "",
        f"Source: {settings.SITE_URL}",
        "The works that the data cites have licences of their own; only what names them is held here.",
        "This is information to discuss with a doctor or pharmacist. It does not replace their advice.",
    ]
    return "\n".join([*lines, ""])


def citation_cff(newest: datetime | None) -> str:
    """CITATION.cff (Citation File Format 1.2.0); `newest` is when something was published last."""
    author = settings.SITE_OPERATOR or settings.SITE_NAME
    values = {
        "cff-version": "1.2.0",
        "message": "If you use this data, please cite it as below.",
        "type": "dataset",
        "title": f"{settings.SITE_NAME}: open data",
        "url": settings.SITE_URL,
    }
    if settings.DATA_LICENCE_URL:
        values["license-url"] = settings.DATA_LICENCE_URL
    if newest is not None:
        values["date-released"] = f"{newest:%Y-%m-%d}"
        values["version"] = f"{newest:%Y-%m-%dT%H:%M:%SZ}"
    # JSON's strings are strings of YAML, too.
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    lines += ["authors:", f"  - name: {json.dumps(author, ensure_ascii=False)}"]
    return "\n".join([*lines, ""])
