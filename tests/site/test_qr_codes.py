import re
from io import StringIO

import segno

from remedies_site.qr_codes import qr_code


def test_the_qr_code_is_the_picture_that_segno_itself_writes():
    url = "https://example.org/remedies/magnesium/asthma/r/1/"
    text = StringIO()
    segno.make(url).save(text, kind="txt", border=4)
    picture = text.getvalue().split()
    code = qr_code(url)
    squares = re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)
    assert "".join(f"M{x} {y}h1v1h-1z" for x, y in squares) == code.path
    painted = [["0"] * code.size for _row in range(code.size)]
    for x, y in squares:
        painted[int(y)][int(x)] = "1"
    assert ["".join(row) for row in painted] == picture
    assert 0 < len(squares) < code.size**2


def test_another_url_has_another_qr_code():
    assert qr_code("https://example.org/a/") != qr_code("https://example.org/b/")
