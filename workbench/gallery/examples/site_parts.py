"""Examples of the site's own parts: frame, texts about the site, forms, small components."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

from django import forms

from remedies.charts.direction_marks import DirectionMark
from remedies_site.criteria import FRAMES
from workbench.gallery.example import Example, example

OLD = date(2021, 5, 4)
WRITTEN = date(2026, 5, 4)
REVIEW_DUE = date(2999, 5, 4)


class SampleForm(forms.Form):
    """A text field and a choice, both required."""

    name = forms.CharField(label="A name", help_text="As others see it.")
    agree = forms.ChoiceField(
        label="A choice", choices=[("a", "One"), ("b", "Other")], widget=forms.RadioSelect
    )


def examples() -> Iterator[Example]:
    """Header and footer, texts about the site, small components, form fields."""
    yield from _frame()
    yield from _about()
    yield from _small()
    yield from _forms()


def _frame() -> Iterator[Example]:
    reader = SimpleNamespace(is_authenticated=False, is_staff=False)
    staff = SimpleNamespace(
        is_authenticated=True, is_staff=True, name="example-1", unread_notifications=3
    )
    frame = {"site_name": "Example Remedies", "path": "/", "has_wordmark": False}
    for title, user in (("a reader", reader), ("a member of staff", staff)):
        yield example("layout/_header.html", title, user=user, **frame)
        yield example("layout/_footer.html", title, user=user, emergency_number="", **frame)
        yield example("layout/_header_links.html", title, user=user, path="/remedies/")
        yield example("layout/_site_list.html", title, user=user, path="/", place="footer")
    yield example("layout/_site_pages.html", "", place="footer")
    yield example("layout/_account_link.html", "", user=staff)
    yield example("layout/_unread.html", "three", user=staff)
    yield example("layout/_unread_mark.html", "on the menu's button", user=staff)
    yield example("layout/_notifications_link.html", "", user=staff)
    yield example("layout/_unread.html", "many", user=SimpleNamespace(unread_notifications=120))
    yield example("layout/_search_icon.html", "a sign, with hidden words beside it")
    yield example("layout/_wordmark.html", "drawn", site_name="", has_wordmark=True)
    yield example("layout/_wordmark.html", "another name", **frame)
    yield example("layout/_entrance_links.html", "", path="/", **{"class": ""})
    yield example("layout/_skip_link.html", "seen on focus")
    yield example("layout/_messages.html", "", messages=["You are now called example-2."])
    yield example(
        "layout/_paper_head.html",
        "on paper only",
        site_name="Example Remedies",
        canonical_url="https://example.org/",
    )
    yield example("components/_paper_notes.html", "on paper only")


def _about() -> Iterator[Example]:
    for name in (
        *("grading_certainty", "grading_effect", "grading_who", "how_made"),
        *("privacy_readers", "rules_moderation", "rules_writing", "rules_formatting"),
    ):
        yield example(f"about/_{name}.html")
    yield example("about/_limits.html", "", emergency_number="112", products_on=True)
    yield example("about/_privacy_members.html")
    yield example("about/_privacy_wishes.html", "", contact="mail@example.org")
    yield example("about/_privacy_wishes.html", "nothing stated", contact="")
    yield example("about/_operator.html", "nothing stated", operator="", contact="", funding="")
    yield example(
        "about/_operator.html",
        "stated",
        operator="Example Society",
        contact="mail@example.org",
        funding="Members' fees",
    )
    for here in ("about", "grading", "rules"):
        yield example("about/_about_nav.html", here, here=here)
    yield example("about/_criteria.html", "", frame=FRAMES[0], number=1)
    yield example("about/_rules_crisis.html", "", emergency_number="112", contact="")


def _small() -> Iterator[Example]:
    yield example("components/_badge.html", "none", label="No studies in people", pips=[False] * 4)
    yield example(
        "components/_badge.html", "low", label="Low certainty", pips=[True] * 2 + [False] * 2
    )
    yield example("components/_badge.html", "high", label="High certainty", pips=[True] * 4)
    for mark in DirectionMark:
        yield example("components/_mark.html", mark.value, mark=mark.value)
    yield example("components/_effect_line.html", "", mark="helps", label="May help")
    yield example("components/_breadcrumbs.html", "one step", here="Search")
    yield example(
        "components/_breadcrumbs.html",
        "three steps",
        section="Remedies",
        section_url="#",
        parent="Example",
        parent_url="#",
        here="Example condition",
    )
    yield example("components/_emergency.html", "no number", emergency_number="")
    yield example("components/_emergency.html", "a number", emergency_number="112")
    yield example("components/_error.html", "", title="There is no page", text="What to do next.")
    revision = SimpleNamespace(number=2, published_at=WRITTEN, note="A dose was mended.")
    yield example(
        "components/_page_dates.html",
        "",
        written_on=WRITTEN,
        review_due=REVIEW_DUE,
        revision=revision,
    )
    yield example("components/_page_dates.html", "nothing known")
    yield example("components/_review_state.html", "", written_on=WRITTEN, review_due=REVIEW_DUE)
    yield example("components/_review_state.html", "overdue", written_on=OLD, review_due=OLD)
    yield example(
        "components/_review_state.html", "starter content", written_on=OLD, from_abstracts=True
    )
    yield example("components/_state_banner.html", "a draft", is_draft=True, admin_url="#")
    yield example(
        "components/_state_banner.html", "an old version", old_revision=revision, current_url="#"
    )
    yield example("components/_unchecked.html")
    yield example("search/_lists.html")


def _forms() -> Iterator[Example]:
    invalid = SampleForm({})
    yield example("components/_error_summary.html", "", form=invalid)
    yield example("components/_field.html", "at rest", field=SampleForm()["name"])
    yield example("components/_field.html", "wrong", field=invalid["name"])
    yield example("components/_field.html", "a choice", field=SampleForm()["agree"])
    yield example("components/_field.html", "a wrong choice", field=invalid["agree"])
    yield example("components/_trap.html", "nothing to see", name="sample_trap")
    yield example(
        "components/_service_error.html",
        "",
        service_error="Too many votes at once. Try again later.",
    )
    yield example("components/_search_form.html", "", id="q", label="Search", query="")
    yield example(
        "components/_search_form.html",
        "in the header",
        id="q",
        label="Search",
        query="",
        is_compact=True,
        **{"class": "site-header__search"},
    )
    yield example(
        "components/_search_form.html",
        "large, filled",
        id="q",
        label="Search",
        query="magnesium",
        **{"class": "search-form--large"},
    )
