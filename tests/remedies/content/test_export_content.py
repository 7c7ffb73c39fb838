from datetime import date

import pytest
import yaml
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st

from conditions.models import Condition
from conditions.services import publish_condition, rename_condition, withdraw_condition
from remedies.models import Remedy, RemedyConditionEntry
from remedies.services import withdraw_entry, withdraw_remedy
from remedies_site import yaml_format
from tests.factories import make_condition, make_entry, make_remedy
from tests.remedies.conftest import everything, files_below


@pytest.fixture
def export(db, tmp_path):
    """Writes what is published into a folder; gives every file with its bytes."""
    folder = tmp_path / "export" / "deep"

    def run() -> dict[str, bytes]:
        call_command("export_content", folder, verbosity=0)
        return files_below(folder)

    return run


def test_what_was_loaded_is_written_back_to_the_byte(pack, export):
    pack.load()
    assert export() == files_below(pack.folder)


def test_exporting_changes_nothing_in_the_database(pack, export):
    pack.load()
    before = everything()
    export()
    assert everything() == before


def test_an_export_loads_again_and_changes_nothing(pack, export, tmp_path):
    pack.load()
    before = everything()
    export()
    call_command("load_content", tmp_path / "export" / "deep", verbosity=0)
    assert everything() == before


def test_files_are_named_as_they_are_written(db, pack, tmp_path, capsys):
    pack.load()
    call_command("export_content", tmp_path / "out")
    assert capsys.readouterr().out.splitlines() == [
        str(tmp_path / "out" / name)
        for name in (
            "citations.yaml",
            "circumstances.yaml",
            "conditions.yaml",
            "remedies/magnesium.yaml",
        )
    ]


def test_drafts_are_never_exported(pack, export):
    pack.load()
    Condition.objects.filter(slug="insomnia").update(name="Secret", overview="Secret.")
    Remedy.objects.update(one_line="Secret.")
    RemedyConditionEntry.objects.update(verdict="Secret.")
    make_condition("Secret condition", published=False)
    make_entry(make_remedy("Secret remedy", published=False), published=False)
    make_entry(Remedy.objects.get(slug="magnesium"), published=False, verdict="Secret.")
    files = export()
    assert not [name for name, text in files.items() if b"ecret" in text]


def test_withdrawn_pages_are_not_exported(pack, export):
    pack.load()
    entry = RemedyConditionEntry.objects.get(condition__slug="migraine")
    withdraw_entry(entry, by=None, reason="Why.")
    assert b"condition: migraine" not in export()["remedies/magnesium.yaml"]
    withdraw_condition(entry.condition, by=None, reason="Why.")
    assert b"slug: migraine" not in export()["conditions.yaml"]


def test_a_withdrawn_remedy_is_not_exported(pack, export):
    pack.load()
    withdraw_remedy(Remedy.objects.get(), by=None, reason="Why.")
    assert set(export()) == {"citations.yaml", "circumstances.yaml", "conditions.yaml"}


def test_a_renamed_page_is_exported_under_today_s_address(pack, export):
    pack.load()
    rename_condition(Condition.objects.get(slug="migraine"), slug="headache")
    files = export()
    assert b"slug: headache" in files["conditions.yaml"]
    assert b"condition: headache" in files["remedies/magnesium.yaml"]
    assert not [name for name, text in files.items() if b"migraine" in text]


def test_a_text_from_a_browser_is_exported_as_from_a_file(pack, export):
    pack.load()
    insomnia = Condition.objects.get(slug="insomnia")
    insomnia.overview = insomnia.overview.replace("\n", "\r\n")
    insomnia.save()
    assert publish_condition(insomnia, by=None).number == 1
    assert export() == files_below(pack.folder)


def test_an_empty_site_exports_empty_lists(export):
    assert export() == {
        "citations.yaml": b"citations: []\n",
        "circumstances.yaml": b"circumstances: []\n",
        "conditions.yaml": b"conditions: []\n",
    }


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
values = st.recursive(
    texts | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), parts, max_size=3)
    ),
    max_leaves=8,
)


@given(values)
@example("a\x85b")  # ends a line for YAML, though for nobody else
@example("a\u2028b")
def test_what_is_written_is_read_back_and_written_the_same(value):
    text = yaml_format.write({"part": value})
    assert yaml_format.read(text) == {"part": value}
    assert yaml_format.write(yaml_format.read(text)) == text


@given(st.text(alphabet="ab: -#'\"\n\t|>[]{}&*!%@`,?.~", max_size=40))
def test_any_signs_in_a_text_survive(text):
    assert yaml_format.read(yaml_format.write({"text": text})) == {"text": text}


def test_texts_of_several_lines_stay_readable():
    assert yaml_format.write({"text": "One.\n\nTwo [@A1]."}) == "text: |-\n  One.\n\n  Two [@A1].\n"


def test_lists_are_indented_and_dates_are_dates():
    assert yaml_format.write({"rows": [{"read_on": date(2026, 1, 1)}]}) == (
        "rows:\n  - read_on: 2026-01-01\n"
    )


def test_numbers_and_switches_in_texts_stay_texts():
    written = {"a": "12", "b": "yes", "c": "2026-01-01", "d": "null", "e": "1e3", "f": "~"}
    assert yaml_format.read(yaml_format.write(written)) == written


def test_a_key_that_stands_twice_is_refused_at_any_depth():
    with pytest.raises(yaml.YAMLError, match="stands here twice"):
        yaml_format.read("a:\n  - b: 1\n    b: 2\n")
