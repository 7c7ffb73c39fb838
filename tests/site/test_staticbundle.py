"""Files are joined and shortened without a change of what they say; a browser compares in tests/browser."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from remedies_site.staticbundle import (
    BEHAVIOURS,
    BUNDLES,
    SCRIPTS,
    STYLESHEETS,
    BundleFinder,
    build_bundle,
    join_layers,
    minify,
    minify_script,
    stylesheets,
)
from tests.stylesheets import declarations

INCLUDED = re.compile(r"{% (?:include|extends|live|constant) [\"']([^\"']+)")
SHOWN_BY_TAGS = (
    "components/_badge.html",
    "components/_effect_line.html",
    "components/_mark.html",
    "discussions/_discussion.html",
    "discussions/_thread_item.html",
    "remedies/experience/_experience.html",
)
"""Templates that an entry shows by tags of its packages."""
CLASSES = re.compile(r'\bclass="((?:[^"{]|{%.*?%}|{{.*?}})*)"')


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
    assert minify(bundle) == "".join(bundle.splitlines())


def test_a_quarter_of_the_stylesheet_is_saved():
    sources = sum(path.stat().st_size for path in stylesheets())
    assert build_bundle().stat().st_size < 0.75 * sources


def test_neighbours_of_one_layer_share_a_block():
    parts = ["@layer a,b;@layer a{i{}}", "@layer b{i{}}", "@layer b{u{}}", "@layer a{u{}}", "p{}"]
    assert list(join_layers(parts)) == [parts[0], "@layer b{i{}\nu{}}", "@layer a{u{}}", "p{}"]


@pytest.mark.parametrize("path", stylesheets()[2:], ids=lambda path: path.name)
def test_each_source_is_one_block_of_a_layer(path):
    """After its closing brace nothing follows, or the next source would not be in its layer."""
    depth, css = 0, minify(path.read_text(encoding="utf-8"))
    assert css.startswith("@layer ")
    for brace in re.finditer(r"[{}]", css):
        depth += 1 if brace[0] == "{" else -1
        assert depth > 0 or brace.end() == len(css)


def names(css: Path) -> list[set[str]]:
    """The classes that each selector of a stylesheet asks for; those of `:not` it does not."""
    found = []
    for each in declarations(css):
        selectors = re.sub(r":not\((?:[^()]|\([^()]*\))*\)", "", each.rules[-1])
        # A comma within parentheses separates what one selector asks for.
        whole = re.split(r",(?![^(]*\))", selectors)
        found += [set(re.findall(r"\.([\w-]+)", selector)) for selector in whole]
    return found


def classes_of_templates(*first: str) -> re.Pattern[str]:
    """What matches a class that the templates to which these lead may give an element."""
    ahead, seen, classes = [*first], set(), set()
    while ahead:
        name = ahead.pop()
        if name in seen:
            continue
        seen.add(name)
        source = Path(get_template(name).origin.name).read_text(encoding="utf-8")
        ahead += INCLUDED.findall(source)
        for value in CLASSES.findall(source):
            plain = re.sub(r"{%.*?%}", " ", value)
            classes |= {
                # A value in it may be any word.
                re.sub(r"{{.*?}}", "[a-z0-9]+", name)
                for name in re.findall(r"(?:{{.*?}}|[\w-])+", plain)
                if re.match(r"\w", name)
            }
    assert len(seen) > 50
    assert len(classes) > 200
    return re.compile("|".join(classes))


def test_what_an_entry_leaves_out_has_no_class_of_its_templates():
    known = classes_of_templates("remedies/pages/entry_detail.html", *SHOWN_BY_TAGS)
    assert known.fullmatch("chart__mark--helps")
    assert not known.fullmatch("hero")
    members = set(stylesheets("css/entry_members.css"))
    left_out = [path for path in stylesheets() if path not in members]
    assert len(left_out) > 20
    reached = {
        f"{path.name}: {' '.join(sorted(classes))}"
        for path in left_out
        for classes in names(path)
        if classes and all(map(known.fullmatch, classes))
    }
    # A field that suggests is a large one, on other pages.
    assert reached == {"hits.css: search-form", "hits.css: suggestions"}


@pytest.mark.parametrize("bundle", STYLESHEETS)
def test_a_stylesheet_has_every_token_that_its_rules_use(bundle):
    found = [each for path in stylesheets(bundle) for each in declarations(path)]
    used = {name for each in found for name in re.findall(r"var\((--[\w-]+)", each.value)}
    assert len(used) > 40
    assert used <= {each.name for each in found}


def test_readers_of_an_entry_load_less_than_members_and_these_less_than_others():
    others, readers, members = (build_bundle(name).stat().st_size for name in STYLESHEETS)
    assert readers < members < 0.65 * others


@pytest.mark.parametrize(
    ("script", "short"),
    [
        ("// why\nconst a = 1;\n\n  // two\n  f(a); // kept\n", "const a = 1;\nf(a); // kept"),
        ("/* one\n   two */\nf();\n  /* three */\n  g();", "f();\ng();"),
        ('f("https://a");\n  g(/\\/\\*/);', 'f("https://a");\ng(/\\/\\*/);'),
    ],
)
def test_a_script_loses_its_lines_of_comments_and_indentation(script, short):
    assert minify_script(script) == short


@pytest.mark.parametrize("path", sorted(BEHAVIOURS.glob("*.js")), ids=lambda path: path.name)
def test_no_text_of_a_script_spans_lines(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.count("`") % 2] == []
    assert [line for line in lines if line.strip().startswith(("import ", "export "))] == []


def test_a_joined_script_holds_each_behaviour_in_a_block_of_its_own():
    script = build_bundle("js/members.js").read_text(encoding="utf-8")
    assert script.count("\n}\n{\n") == len(SCRIPTS["js/members.js"]) - 1
    for name in SCRIPTS["js/members.js"]:
        source = (BEHAVIOURS / f"{name}.js").read_text(encoding="utf-8")
        assert f"{{\n{minify_script(source)}\n}}" in script


def test_every_bundle_is_found_and_collected():
    finder = BundleFinder()
    assert {name for name, _storage in finder.list(None)} == set(BUNDLES)
    for name in BUNDLES:
        assert Path(finder.find(name)).name == Path(name).name
    assert finder.find("css/base.css") == []
