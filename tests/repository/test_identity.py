"""The drawn files are the strokes of scripts/identity.py, and nothing else."""

import pytest
from PIL import Image

from scripts import identity


def test_there_are_drawn_files():
    assert {path.suffix for path in identity.TEXTS} >= {".svg"}


@pytest.mark.parametrize("path", identity.TEXTS, ids=lambda path: path.name)
def test_the_file_is_what_the_strokes_give(path):
    assert path.read_text(encoding="utf-8") == identity.TEXTS[path]()


def test_links_to_the_site_carry_a_picture_of_the_size_that_others_ask_for():
    path = identity.ROOT / "static/img/sharing.png"
    with Image.open(path) as picture:
        assert picture.size == (1200, 630)
    assert path.stat().st_size < 100_000


def test_the_letters_spell_the_name_that_is_drawn(settings):
    assert identity.NAME == settings.WORDMARK_NAME


@pytest.mark.django_db
def test_a_site_with_a_name_of_its_own_has_it_in_letters_beside_the_mark(client, settings):
    settings.SITE_NAME = "Our Herbs"
    header = client.get("/").content.decode().partition("</header>")[0]
    assert "<span>Our Herbs</span>" in header
    assert 'class="wordmark"' in header
