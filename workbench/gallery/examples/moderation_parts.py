"""Examples of the parts of moderation; people and comments are made up."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

from discussions.choices import Action, BurstState, Reason, ReportState, State
from discussions.dashboard.trust_page import Figure
from discussions.models import Decision, Note, Report, VoteBurst
from discussions.moderation.queue import AuthorHistory, MoveTarget
from workbench.gallery.example import Example, example
from workbench.gallery.examples.discussion_parts import shown_comment
from workbench.gallery.examples.sample_documents import sample_entry


def examples() -> Iterator[Example]:
    """What a moderator decides on, and what its sender and voters see of it."""
    shown, moment = shown_comment(), datetime(2026, 3, 3, tzinfo=UTC)
    comment = SimpleNamespace(
        pk=1,
        thread=SimpleNamespace(subject=sample_entry()),
        created_at=moment,
        author=SimpleNamespace(name="example-1", joined_at=moment, is_staff=False),
        is_locked=False,
        state=State.VISIBLE,
        is_visible=True,
        get_absolute_url="#",
        get_state_display="visible",
        body="Words.",
    )
    report = Report(reason=Reason.DANGER, detail="Too much of it.", created_at=moment)
    decision = Decision(
        action=Action.HIDE, reason="Dangerous advice", is_automatic=True, created_at=moment
    )
    item = SimpleNamespace(
        comment=comment,
        shown=shown,
        parent=None,
        reports=[report],
        decisions=[decision],
        notes=[Note(text="The second one today.", created_at=moment)],
        taken_by="example-moderator",
        history=AuthorHistory(standing=12, removed=1, sanctions=1, in_force=True),
        suggested_reason="Dangerous advice",
        is_emergency=False,
    )
    name = "discussions/moderation/_item.html"
    yield example(name, "reported", item=item, level="h3")
    targets = [MoveTarget("#", sample_entry())]
    yield example(
        "discussions/moderation/_more_actions.html",
        "",
        item=item,
        targets=targets,
        typed={},
        pause_hours=24,
        long_pause_days=7,
    )
    part = "discussions/moderation/_thread_and_notes.html"
    yield example(part, "", item=item, targets=targets, typed={})
    appeal = SimpleNamespace(
        pk=1,
        decision=SimpleNamespace(
            created_at=moment,
            comment=comment,
            get_action_display=Action.REMOVE.label,
            reason="Dangerous advice",
            by=SimpleNamespace(name="example-moderator"),
        ),
        by=comment.author,
        created_at=moment,
        text="I only said what I took.",
    )
    yield example("discussions/moderation/_appeal.html", "", appeal=appeal)
    pairs = [(SimpleNamespace(created_at=moment, get_absolute_url="#"), "A moderator removed it")]
    yield example("discussions/_own_decisions.html", "", decisions=pairs)
    yield example("discussions/_own_decisions.html", "none", decisions=[])
    urgent = SimpleNamespace(**{**vars(item), "is_emergency": True, "parent": shown})
    yield example(name, "emergency", item=urgent, level="h3")
    vote = SimpleNamespace(cast_at=moment, value=1, comment=comment, is_counted=True)
    yield example("discussions/_own_comment_votes.html", "", votes=[vote], total=2)
    yield example("discussions/_own_comment_votes.html", "none", votes=[], total=0)
    yield from _bursts(moment)
    sent = SimpleNamespace(
        pk=1,
        created_at=moment,
        comment=comment,
        get_reason_display="Unkind",
        detail="It is.",
        decision=None,
        state=ReportState.OPEN,
    )
    yield example("discussions/_own_reports.html", "", reports=[sent], total=2)
    yield example("discussions/_own_reports.html", "none", reports=[], total=0)
    figures = [
        Figure("Claims with a source", "98 % (49 of 50)", "Sentences that name their source."),
        Figure("Comments removed", "3", "Each with a reason.", "moderation_log"),
    ]
    yield example("discussions/dashboard/_figures.html", "", figures=figures)


def _bursts(moment: datetime) -> Iterator[Example]:
    """One that waits, and one that was taken out."""
    burst = SimpleNamespace(
        pk=1,
        comment=None,
        entry=sample_entry(),
        target=sample_entry(),
        is_open=True,
        is_taken_out=False,
        is_up=True,
        votes=12,
        young_votes=9,
        first_at=moment,
        last_at=moment,
    )
    name = "discussions/bursts/_burst.html"
    yield example(name, "", burst=burst, young_days=3)
    decided = VoteBurst(state=BurstState.TAKEN_OUT)
    taken_out = SimpleNamespace(
        **{**vars(burst), "pk": 2, "is_open": False, "is_taken_out": True},
        decided_at=moment,
        get_state_display=decided.get_state_display(),
        reason="Twelve accounts of one evening",
        decided_by=SimpleNamespace(name="example-moderator"),
    )
    yield example(name, "taken out", burst=taken_out, young_days=3)
