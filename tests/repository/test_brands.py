"""The file of brand names: what the script builds, and that the shipped file is as it builds it."""

import yaml

from scripts.build_brands import NAMES, ROOT, TARGET, brands_by_medicine, medicines_known


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


def test_the_shipped_file_has_listed_names_of_known_medicines_with_licence_and_date() -> None:
    text = TARGET.read_text(encoding="utf-8")
    content = yaml.safe_load(text)["brands"]
    names = [name for brands in content.values() for name in brands]
    assert len(names) == len(set(names))
    assert set(names) <= set(NAMES.read_text(encoding="utf-8").split())
    assert set(content) <= set(medicines_known(ROOT))
    assert "CC0 1.0" in text
    assert "Built on 20" in text
