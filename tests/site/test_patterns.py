"""Long expressions are compiled when a text is first tried on them, and never before."""

import re

import pytest

from remedies_site import patterns
from remedies_site.patterns import lazy_pattern


@pytest.fixture
def compiled(monkeypatch) -> list[str]:
    seen: list[str] = []

    def compile_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
        seen.append(pattern)
        return re.compile(pattern, flags)

    monkeypatch.setattr(patterns, "compile_pattern", compile_pattern)
    return seen


def test_an_expression_is_compiled_once_and_not_before_its_first_use(compiled):
    word = lazy_pattern(r"\w+")
    assert compiled == []
    assert [match[0] for match in word.finditer("two words")] == ["two", "words"]
    assert word.sub("-", "two words") == "- -"
    assert compiled == [r"\w+"]


def test_it_has_the_flags_and_the_attributes_of_the_compiled_one():
    assert lazy_pattern("a", re.IGNORECASE).fullmatch("A")
    assert lazy_pattern("a").fullmatch("A") is None
    assert lazy_pattern("(?P<name>a)").groupindex == {"name": 1}


def test_a_wrong_attribute_is_an_error():
    with pytest.raises(AttributeError):
        lazy_pattern("a").matches  # type: ignore[attr-defined]  # noqa: B018
