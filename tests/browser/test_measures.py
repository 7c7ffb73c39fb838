"""The measures find what they are for, and leave alone what is right."""

import pytest

from tests.browser.visits import RECORD_SHIFTS, Visits
from tests.browser.walk import Measured, ask, measure, settle

ROOM = {
    "<div style='width: 3em'><p>Unbreakablywide</p></div>": "is wider than",
    "<div style='width: 3000px; height: 1px'></div>": "scrolls sideways",
    "<p style='position: absolute; left: -2em'>Outside</p>": "out of the window",
    "<div style='height: .4em; overflow: hidden'>Cut in half</div>": "is higher than",
    "<p>One line</p><p style='margin-top: -2em'>Another line</p>": "lies over",
    "<form><input style='width: 4em' placeholder='Remedy or condition'></form>": "is cut off",
    "<div style='width: 4em'><button>Unbreakablywide</button></div>": "is wider than",
    "<p>One line</p><p>Another line</p>": "",
    "<pre style='overflow: auto; width: 5em'>A line that may scroll</pre>": "",
}
TARGETS = {
    "<button style='height: 30px'>Send</button>": "× 30",
    "<nav><a href='#'>Home</a></nav>": "a “Home”",
    "<ul><li><a href='#'>A name</a></li></ul>": "a “A name”",
    "<p>A claim<sup><a href='#'>1</a></sup>.</p>": "a “1”",
    "<p>Read <a href='#'>this</a> first.</p>": "",
    "<button style='height: 44px'>Send</button>": "",
}
RINGS = {
    "<style>:focus { outline: none }</style><a href='#'>Home</a>": "has no ring",
    "<style>:focus { outline: 1px solid black }</style><a href='#'>Home</a>": "has no ring",
    "<style>:focus { outline: 3px solid #ddd }</style><a href='#'>Home</a>": "the ring",
    "<style>:focus { outline: 3px solid #148 }</style><a href='#'>Home</a>": "",
}
TOLD_APART = {
    "<a href='#' style='text-decoration: none'>Home</a>": "is not underlined",
    "<button style='border: 0'>Send</button>": "has no edge",
    "<div class='callout' style='border: 1px solid #eee'>Stop</div>": "has no edge",
    "<ul><li><a href='#'>One</a><li><a href='#' aria-current='page'>Two</a></ul>": "no edge of its",
    "<span class='pips__pip pips__pip--filled'></span>": "looks empty",
    "<a href='#'>Home</a><button>Send</button>": "",
}
PATH = {
    "<a href='#'>A</a><a href='#' tabindex='3'>B</a><a href='#'>C</a>": "the order breaks",
    "<a href='#'>A</a><button onkeydown='event.preventDefault()'>Stay</button><a href='#'>B</a>": (
        "come to 0 times"
    ),
    "<a href='#'>A</a><div style='position: fixed; inset: 0; background: #fff'></div>": "be seen",
    "<a href='#'>A</a><input type='radio' name='r'><input type='radio' name='r'>": "",
}
LINES = {
    "<main><p style='width: 99em'>" + "Many words in a line. " * 20 + "</p></main>": "letters in",
    "<main><div class='prose'><p style='width: 9em'>Some words that are few in a line</p></div>": (
        "letters in"
    ),
    "<main><p style='width: 30em'>" + "Many words in a line. " * 20 + "</p></main>": "",
}


def told(faults: list[str], part: str) -> bool:
    return any(part in fault for fault in faults) if part else faults == []


@pytest.mark.parametrize(
    ("name", "cases", "options"),
    [
        ("room", ROOM, {}),
        ("targets", TARGETS, {"control": 44, "link": 24}),
        ("rings", RINGS, {"width": 2, "ratio": 3}),
        ("told_apart", TOLD_APART, {"forced": False}),
        ("lines", LINES, {"font": "sans-serif", "least": 45, "most": 80}),
    ],
)
def test_a_measure_finds_the_fault(page, name, cases, options) -> None:
    for html, part in cases.items():
        page.set_content(f"<!doctype html><html lang=en><body style='background: #fff'>{html}")
        found = measure(page, name, **options)
        assert told(found.faults, part), (html, found)
        assert found.number > 0 or found.faults, html


def test_the_walk_by_keyboard_finds_the_fault(page) -> None:
    for html, part in PATH.items():
        page.set_content(f"<!doctype html><html lang=en><body>{html}")
        for _press in range(ask(page, "path", backwards=False) + 3):
            page.keyboard.press("Tab")
        found = measure(page, "arrived")
        assert told(found.faults, part), (html, found)
        assert found.number > 0, html


def test_a_ring_is_looked_at_on_everything_or_on_the_first_and_last_of_each_sort(page) -> None:
    page.set_content(
        "<!doctype html><html lang=en><style>a { outline: 3px solid #000 } .bare a { outline: 0 }"
        " #first, #middle, #last { outline: 0 }</style><body style='background: #fff'>"
        "<p><a href='#' id=first>first</a> <a href='#' id=middle>middle</a> <a href='#'>between</a>"
        " <a href='#' id=last>last</a></p><p class=bare><a href='#'>of another sort</a></p>"
    )
    some = measure(page, "rings", width=2, ratio=3, each=False)
    every = measure(page, "rings", width=2, ratio=3)
    assert [fault.split("”")[0].split("“")[1] for fault in some.faults] == [
        *("first", "last", "of another sort"),
    ]
    assert len(every.faults) == 4
    assert some.number == 3
    assert every.number == 5


@pytest.mark.parametrize(
    "name",
    ["room", "targets", "rings", "told_apart", "lines", "jumps"],
)
def test_a_measure_of_an_empty_page_says_that_it_saw_nothing(page, name) -> None:
    page.set_content("<!doctype html><html lang=en><body>")
    options = {"forced": False, "width": 2, "ratio": 3, "control": 44, "link": 24}
    found = measure(page, name, font="serif", least=45, most=80, **options)
    assert (found.faults, found.number) == ([], 0)


def test_a_part_that_comes_late_and_moves_the_others_is_found(page) -> None:
    page.add_init_script(RECORD_SHIFTS)
    page.goto("/about/")
    settle(page)
    assert measure(page, "moved").faults == []
    page.evaluate(
        "document.body.prepend(Object.assign(document.createElement('h1'), {innerText: 'Late'}))"
    )
    settle(page)
    assert told(measure(page, "moved").faults, "moved while loading")


def test_a_line_that_jumps_when_its_part_opens_is_found(page) -> None:
    details = "<details><summary>More</summary><p>The part</p></details>"
    page.set_content(f"<!doctype html><html lang=en><body>{details}")
    assert measure(page, "jumps").faults == []
    page.set_content(
        "<!doctype html><html lang=en><body>"
        "<div style='height: 20em; display: flex; flex-direction: column; justify-content: end'>"
        f"{details}</div>"
    )
    assert told(measure(page, "jumps").faults, "jumps when it opens: More")


def visits_with(**found: Measured) -> Visits:
    visits = Visits()
    for kind, measured in found.items():
        visits.add("room", "desk", kind, measured)
    return visits


def test_all_faults_of_all_pages_are_told_at_once_with_their_pages() -> None:
    visits = visits_with(home=Measured(["too wide"], 3), entry=Measured(["too high"], 1))
    with pytest.raises(pytest.fail.Exception, match=r"home: too wide\nentry: too high"):
        visits.check("room", "desk")


def test_a_page_on_which_nothing_was_measured_is_a_fault() -> None:
    visits = visits_with(home=Measured([], 3), entry=Measured([], 0))
    visits.check("room", "desk", kinds=["home"], least=3)
    with pytest.raises(pytest.fail.Exception, match="entry: nothing was measured"):
        visits.check("room", "desk", kinds=["home", "entry"])
    with pytest.raises(pytest.fail.Exception, match="only 3 things"):
        visits.check("room", "desk", least=4)


def test_a_measure_that_was_never_taken_is_a_fault() -> None:
    with pytest.raises(pytest.fail.Exception, match="only 0 things"):
        visits_with(home=Measured([], 3)).check("targets", "phone")
