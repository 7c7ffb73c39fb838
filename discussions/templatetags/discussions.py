"""Template tags that show discussions on pages of other packages."""

from functools import partial

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.decorators import current_member, current_member_or_none
from accounts.models import User
from discussions.choices import Order
from discussions.counts import (
    CommentCounts,
    ContributionCounts,
    VoteCounts,
    comment_counts,
    contribution_counts,
    vote_counts,
)
from discussions.labels import comment_labels
from discussions.models import Comment
from discussions.moderation.statements import decisions_about
from discussions.own_contributions import comment_votes_by, comments_by, reports_by
from discussions.page_params import DiscussionParams, read_params
from discussions.rendering import (
    CommentBox,
    CommentValues,
    comment_values,
    render_comment_box,
    render_comments,
)
from discussions.selectors import (
    NEWEST_THREADS,
    THREADS_PER_PAGE,
    Discussion,
    ShownComment,
    discussion_of,
    load_discussion,
)
from discussions.structured_data import discussion_nodes
from discussions.visits import Writers, last_visit, note_visit, with_news, writers_of
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.pagecache.live_parts import kept_value
from remedies_site.pagecache.shown import (
    entry_discussion,
    remedy_comments,
    remedy_discussion,
    remedy_votes,
)
from remedies_site.structured_data import add_source

register = template.Library()
_DISCUSSION_BYTES = 20_000
"""What a kept discussion takes without any comment: querysets and a paginator."""
_WRITER_BYTES = 100
"""What a kept key of a member takes in a set, at most."""
_COMMENT_BYTES = 4000
"""What a kept comment takes beside its text: a row with its author."""


@register.inclusion_tag("discussions/_discussion.html", takes_context=True)
def discussion(
    context: RequestContext,
    subject: Remedy | RemedyConditionEntry,
    anchor: str,
    heading: str,
    intro: str,
    counts: CommentCounts | None = None,
) -> dict[str, object]:
    """The discussion of a subject, as `?order=`, `?page=` and `?thread=` request it."""
    request = context.request
    params = read_params(request.GET)
    loaded = _load(request, subject, params, THREADS_PER_PAGE, counts)
    if member := current_member_or_none(request):
        visit = note_visit(member, last_visit(member, _writers(request, subject)))
        loaded = with_news(loaded, member, visit)
    add_source(request, partial(discussion_nodes, loaded))
    return {
        "discussion": loaded,
        "whole": True,
        **_common_context(request, anchor, heading, intro),
    }


@register.inclusion_tag("discussions/_discussion.html", takes_context=True)
def newest_threads(
    context: RequestContext,
    subject: Remedy,
    anchor: str,
    heading: str,
    intro: str,
    counts: CommentCounts | None = None,
) -> dict[str, object]:
    """The newest threads of a remedy, for the pages of its entries."""
    newest = DiscussionParams(Order.NEW, page=1, root_id=None, anchor=anchor, whole=False)
    loaded = _load(context.request, subject, newest, NEWEST_THREADS, counts)
    return {
        "discussion": loaded,
        "whole": False,
        **_common_context(context.request, anchor, heading, intro),
    }


@register.simple_tag(name="comment_counts", takes_context=True)
def comment_counts_tag(
    context: RequestContext, entry: RemedyConditionEntry
) -> dict[str, CommentCounts]:
    """The counts of the two discussions on an entry's page: of the entry and of its remedy."""
    counts = kept_value(
        context.request,
        ("comment counts", entry.pk),
        (entry_discussion(entry.pk), remedy_discussion(entry.remedy_id)),
        lambda: comment_counts(entry, entry.remedy),
        lambda _counts: 0,
    )
    return {"entry": counts[entry], "remedy": counts[entry.remedy]}


def _load(
    request: HttpRequest,
    subject: Remedy | RemedyConditionEntry,
    params: DiscussionParams,
    threads_per_page: int,
    counts: CommentCounts | None,
) -> Discussion:
    """What everybody sees is kept; a member's own votes and permissions come on top."""
    member = current_member_or_none(request)
    load = partial(
        load_discussion,
        subject,
        order=params.order,
        page=params.page,
        root_id=params.root_id,
        after=params.after,
        threads_per_page=threads_per_page,
        counts=counts,
    )
    place = (params.order, params.page, params.root_id, params.after, threads_per_page)
    everybodys = kept_value(
        request,
        ("discussion", type(subject).__name__, subject.pk, *place),
        [_scope_of(subject)],
        lambda: load(None),
        lambda discussion: _DISCUSSION_BYTES + sum(map(_bytes_of, discussion.comments)),
    )
    if member is None:
        return everybodys
    return discussion_of(everybodys, member) or load(member)


def _writers(request: HttpRequest, subject: Remedy | RemedyConditionEntry) -> Writers:
    return kept_value(
        request,
        ("writers", type(subject).__name__, subject.pk),
        [_scope_of(subject)],
        lambda: writers_of(subject),
        lambda writers: _WRITER_BYTES * len(writers.members),
    )


def _scope_of(subject: Remedy | RemedyConditionEntry) -> str:
    if isinstance(subject, Remedy):
        return remedy_discussion(subject.pk)
    return entry_discussion(subject.pk)


def _bytes_of(item: ShownComment) -> int:
    return _COMMENT_BYTES + len(item.comment.body) + len(item.comment.html)


@register.simple_tag(name="vote_counts", takes_context=True)
def vote_counts_tag(context: RequestContext, remedy: Remedy) -> VoteCounts:
    """The votes on the entries of a remedy."""
    return kept_value(
        context.request,
        ("vote counts", remedy.pk),
        [remedy_votes(remedy.pk)],
        lambda: vote_counts(remedy),
        lambda _counts: 0,
    )


@register.simple_tag(name="contribution_counts", takes_context=True)
def contribution_counts_tag(context: RequestContext, remedy: Remedy) -> ContributionCounts:
    """The numbers of comments and contributors of a remedy and its entries."""
    return kept_value(
        context.request,
        ("contribution counts", remedy.pk),
        [remedy_comments(remedy.pk)],
        lambda: contribution_counts(remedy),
        lambda _counts: 0,
    )


@register.inclusion_tag("discussions/_own_comments.html", takes_context=True)
def own_comments(context: RequestContext) -> dict[str, object]:
    """The member's own comments, also those on withdrawn pages, each with a link to delete it."""
    comments, total = comments_by(current_member(context.request))
    return {"comments": comments, "total": total}


@register.inclusion_tag("discussions/_own_comment_votes.html", takes_context=True)
def own_comment_votes(context: RequestContext) -> dict[str, object]:
    """The member's own votes on comments."""
    votes, total = comment_votes_by(current_member(context.request))
    return {"votes": votes, "total": total}


@register.inclusion_tag("discussions/_own_reports.html", takes_context=True)
def own_reports(context: RequestContext) -> dict[str, object]:
    """What the member reported to the moderators."""
    reports, total = reports_by(current_member(context.request))
    return {"reports": reports, "total": total}


@register.inclusion_tag("discussions/_own_decisions.html", takes_context=True)
def own_decisions(context: RequestContext) -> dict[str, object]:
    """What moderators decided about the member; nothing where they decided nothing."""
    return {"decisions": decisions_about(current_member(context.request))}


@register.simple_tag
def comment_action(subject: Remedy | RemedyConditionEntry) -> str:
    """The URL that the form of a comment on the subject posts to."""
    if isinstance(subject, Remedy):
        return reverse("comment_on_remedy", args=[subject.slug])
    slugs = {"remedy": subject.remedy.slug, "condition": subject.condition.slug}
    return reverse("comment_on_entry", kwargs=slugs)


@register.simple_tag(name="comment_labels")
def comment_labels_tag() -> dict[str, str]:
    """The texts that every comment repeats."""
    return comment_labels()


@register.simple_tag(name="comment_values")
def comment_values_tag(item: ShownComment) -> CommentValues:
    """What a template may read of a comment."""
    return comment_values(item)


@register.simple_tag(takes_context=True)
def comment_list(
    context: RequestContext,
    discussion: Discussion,
    action: str,
    member: User | None = None,
    new: Comment | None = None,
) -> SafeString:
    """The comments with what begins and ends between them; `new` is the one just posted."""
    return render_comments(
        discussion,
        action=action,
        has_consented=bool(member and member.consented_at),
        new=new.pk if new else None,
        # Readers have no forms; to read the token would give them a cookie.
        token=str(context["csrf_token"]) if member else "",
    )


@register.simple_tag(takes_context=True)
def comment_box(context: RequestContext, anchor: str, action: str, member: User) -> SafeString:
    """The member's form for a new thread."""
    box = CommentBox(anchor, action, has_consented=bool(member.consented_at))
    return render_comment_box(box, str(context["csrf_token"]))


@register.simple_tag
def comment_orders() -> type[Order]:
    """The enum of sort orders."""
    return Order


def _common_context(
    request: HttpRequest, anchor: str, heading: str, intro: str
) -> dict[str, object]:
    """The context around the comments. Only members get forms, and with them a CSRF token."""
    member = current_member_or_none(request)
    return {
        "anchor": anchor,
        "heading": heading,
        "intro": intro,
        "member": member,
        "csrf_token": get_token(request) if member else "",
        "request": request,
    }
