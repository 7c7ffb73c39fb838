"""The stylesheet is shortened without a change of what it says; a browser compares both in tests/browser."""

import pytest

from remedies_site.staticbundle import build_bundle, minify, stylesheets


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("a {\n  color: red;\n}\n", "a{color:red;}"),
        ("/* why */\na,\nb { color : red }", "a,b{color :red}"),
        ("a { /* one; */ color: red; /* two } */ }", "a{color:red;}"),
        ("/* one */ b { /* two */ } /***/ /* it's */ i {}", "b{}i{}"),
        ("a :hover > b + c {}", "a :hover > b + c{}"),
        ("@media (width >= 40rem) and (hover) {}", "@media (width >= 40rem) and (hover){}"),
        ("a { inline-size: calc(1px + 2 * 3px); }", "a{inline-size:calc(1px + 2 * 3px);}"),
        ('a::after { content: " : /* kept */ { "; }', 'a::after{content:" : /* kept */ { ";}'),
        ("a { content: 'it\\'s ; '; }", "a{content:'it\\'s ; ';}"),
    ],
)
def test_what_means_nothing_is_left_out(css, short):
    assert minify(css) == short


def test_shortening_twice_changes_nothing():
    bundle = build_bundle().read_text(encoding="utf-8")
    assert "\n".join(map(minify, bundle.splitlines())) == bundle.strip()


def test_a_quarter_of_the_stylesheet_is_saved():
    sources = sum(path.stat().st_size for path in stylesheets())
    assert build_bundle().stat().st_size < 0.75 * sources
