"""The file of brand names: what the script builds, and that the shipped file is as it builds it."""

import yaml

from scripts.build_brands import (
    NAMES,
    PAIRS,
    ROOT,
    TARGET,
    brands_by_medicine,
    medicines_known,
    merge_pairs,
)


def test_a_brand_stands_with_the_medicine_that_the_dictionary_has_for_it() -> None:
    canonical = {
        "coumadin": ["warfarin"],
        "warfarin": ["warfarin"],
        "tylenol": ["acetaminophen"],
        "paracetamol": ["acetaminophen"],
        "viagra": ["sildenafil"],
    }
    brands = ["Tylenol", "Coumadin", "Viagra", "Nosuch", "Warfarin"]
    assert brands_by_medicine(brands, canonical, ["warfarin", "paracetamol"]) == {
        "paracetamol": ["Tylenol"],
        "warfarin": ["Coumadin"],
    }


def test_what_is_written_by_hand_holds_over_the_dictionary() -> None:
    pairs = {"a + b": ["Both"], "levothyroxine": ["Synthroid"]}
    found = {"a": ["both", "Other"], "levothyroxine": ["Eltroxin"], "thyroxine": ["Synthroid"]}
    assert merge_pairs(pairs, found) == {
        "a": ["Other"],
        "a + b": ["Both"],
        "levothyroxine": ["Eltroxin", "Synthroid"],
    }


def test_the_shipped_file_has_every_listed_name_once_with_licence_and_date() -> None:
    text = TARGET.read_text(encoding="utf-8")
    content = yaml.safe_load(text)["brands"]
    pairs = yaml.safe_load(PAIRS.read_text(encoding="utf-8"))
    names = [name for brands in content.values() for name in brands]
    by_hand = {name for brands in pairs.values() for name in brands}
    assert len(names) == len({name.casefold() for name in names})
    assert set(names) == by_hand | set(NAMES.read_text(encoding="utf-8").split())
    assert {key: set(brands) for key, brands in pairs.items()}.items() <= {
        key: set(brands) & by_hand for key, brands in content.items()
    }.items()
    assert set(content) - set(pairs) <= set(medicines_known(ROOT))
    assert "CC0 1.0" in text
    assert "Built on 20" in text
