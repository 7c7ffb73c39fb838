"""docs/permissions.md says what each role may do, as the code grants it."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from accounts.roles import ROLES

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)


def split(permission: str) -> tuple[str, str]:
    """“conditions.add_condition” as the label of its model and the action."""
    app, _, codename = permission.partition(".")
    models = sorted(
        (model._meta.model_name for model in apps.get_app_config(app).get_models()), key=len
    )
    owners = [name for name in models if name and codename.endswith(f"_{name}")]
    return (
        (f"{app}.{owners[-1]}", codename.removesuffix(f"_{owners[-1]}"))
        if owners
        else (app, codename)
    )


def granted() -> dict[str, list[str]]:
    """For each model the actions of each role, in the order of ROLES."""
    table: dict[str, list[list[str]]] = {}
    for position, names in enumerate(ROLES.values()):
        for permission in names:
            label, action = split(permission)
            cells = table.setdefault(label, [[] for _role in ROLES])
            cells[position].append(action)
    return {
        label: [", ".join(sorted(actions)) for actions in cells] for label, cells in table.items()
    }


def as_table() -> str:
    lines = [f"| of | {' | '.join(ROLES)} |", "| --- " * (len(ROLES) + 1) + "|"]
    lines += [f"| {label} | {' | '.join(cells)} |" for label, cells in sorted(granted().items())]
    return "\n".join(lines)


def test_the_page_says_what_the_code_grants():
    text = PAGE.read_text(encoding="utf-8")
    rows = {
        match[1]: [match[number].strip() for number in range(2, 6)] for match in ROW.finditer(text)
    }
    assert rows.pop("of") == list(ROLES)
    rows.pop("---", None)
    assert rows == granted(), as_table()


@pytest.mark.django_db
def test_every_permission_of_a_role_is_in_the_database():
    for role, names in ROLES.items():
        stored = Group.objects.get(name=role).permissions.select_related("content_type")
        assert {f"{each.content_type.app_label}.{each.codename}" for each in stored} == set(names)
