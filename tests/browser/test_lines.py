"""Lines that eyes can follow: 45 to 80 letters in running text, whatever font the reader has."""

from tests.browser.walk import measure, open_everything


def test_a_full_line_of_text_has_45_to_80_letters(walk) -> None:
    for page, faults in walk():
        open_everything(page)
        for width in (1280, 768):
            page.set_viewport_size({"width": width, "height": 800})
            for font in measure(page, "fonts"):
                faults += measure(page, "lines", font=font, least=45, most=80)
