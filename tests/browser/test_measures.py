"""The measures find what they are for, and leave alone what is right."""

import pytest

from tests.browser.walk import measure

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
        assert told(found, part), (html, found)


def test_the_walk_by_keyboard_finds_the_fault(page) -> None:
    for html, part in PATH.items():
        page.set_content(f"<!doctype html><html lang=en><body>{html}")
        for _press in range(measure(page, "path", backwards=False) + 3):
            page.keyboard.press("Tab")
        found = measure(page, "arrived")
        assert told(found, part), (html, found)
