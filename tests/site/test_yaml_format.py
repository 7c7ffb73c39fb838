"""Hostile YAML ends in an error that names its file: small files must not unfold to gigabytes."""

import time

import pytest
import yaml

from remedies_site import yaml_format
from remedies_site.pack_reader import PackReader

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
HOSTILE = {
    "aliases that unfold": (LAUGHS, "anchors (&) and aliases (*) are not accepted"),
    "an anchor alone": ("a: &b 1\n", "anchors (&) and aliases (*) are not accepted"),
    "a mapping that holds itself": ("&a [*a]", "anchors (&) and aliases (*) are not accepted"),
    "deep brackets": ("a: " + "[" * 100_000, "nest deeper than 20"),
    "deep braces": ("a: " + "{a: " * 100_000, "nest deeper than 20"),
    "deep blocks": ("- " * 2_000 + "x", "nest deeper than 20"),
    "a key of many levels": ("? " * 2_000 + "x", "nest deeper than 20"),
    "a very long number": (f"a: {'9' * 100_000}", "a number has more than 40 characters"),
    "a number to base sixty": (f"a: 1{':59' * 100_000}", "a number has more than 40 characters"),
    "a tag": ("a: !!bool 7\n", "tags are not accepted"),
    "a file of ten megabytes": ("a" * 10_000_000, "longer than 5,000,000 characters"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_an_error_that_names_it_at_once(tmp_path, kind):
    text, message = HOSTILE[kind]
    (tmp_path / "conditions.yaml").write_text(text)
    reader = PackReader(tmp_path)
    start = time.monotonic()
    assert reader.read_mapping("conditions.yaml", "conditions") == {}
    assert time.monotonic() - start < 10
    (error,) = reader.errors
    assert str(error).startswith("conditions.yaml: (file): (whole): is not YAML: ")
    assert message in str(error)
    assert len(str(error)) < 500


@pytest.mark.parametrize("text", ["0b_", "0x_", "1:1_", "190:20:30.15"])
def test_what_only_looks_like_a_number_is_read(text):
    content = yaml_format.read(f"a: {text}")
    assert isinstance(content, dict)
    assert isinstance(content["a"], str | int | float)


def test_twenty_levels_are_read():
    assert yaml_format.read("[" * 19 + "1" + "]" * 19)
    with pytest.raises(yaml.YAMLError):
        yaml_format.read("[" * 20 + "1" + "]" * 20)


def test_an_ampersand_and_an_asterisk_in_a_text_are_read():
    text = "&a and *b, [@Key] !important"
    assert yaml_format.read(yaml_format.write({"text": text})) == {"text": text}
