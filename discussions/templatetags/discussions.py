"""Template tags that show discussions on pages of other packages."""

from functools import partial

from django import template
from django.http import HttpRequest
from django.template import Context, RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.decorators import current_member, current_member_or_none
from discussions.choices import Order
from discussions.counts import (
    CommentCounts,
    ContributionCounts,
    VoteCounts,
    comment_counts,
    contribution_counts,
    vote_counts,
)
from discussions.kept_talk import (
    discussion_for_request,
    nodes_for_request,
    section_for_request,
    writers_for_request,
)
from discussions.labels import comment_labels
from discussions.models import Comment
from discussions.moderation.statements import decisions_about
from discussions.own_contributions import comment_votes_by, comments_by, reports_by
from discussions.page_params import DiscussionParams, read_params
from discussions.rendering import (
    CommentBox,
    CommentValues,
    DiscussionSection,
    Participant,
    comment_values,
    render_comment_box,
    render_comments,
    with_token,
)
from discussions.selectors import NEWEST_THREADS, THREADS_PER_PAGE, Discussion, ShownComment
from discussions.visits import last_visit, note_visit, with_news
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.form_tokens import form_token
from remedies_site.pagecache.live_parts import kept_value
from remedies_site.pagecache.shown import (
    entry_discussion,
    remedy_comments,
    remedy_discussion,
    remedy_votes,
)
from remedies_site.structured_data import add_source

register = template.Library()


@register.simple_tag(takes_context=True)
def discussion(
    context: RequestContext,
    subject: Remedy | RemedyConditionEntry,
    anchor: str,
    heading: str,
    intro: str,
    counts: CommentCounts | None = None,
) -> SafeString:
    """The discussion of a subject, as `?order=`, `?page=` and `?thread=` request it."""
    request = context.request
    params = read_params(request.GET)
    loaded = discussion_for_request(request, subject, params, THREADS_PER_PAGE, counts)
    if member := current_member_or_none(request):
        visit = note_visit(member, last_visit(member, writers_for_request(request, subject)))
        loaded = with_news(loaded, member, visit)
    add_source(request, partial(nodes_for_request, request, loaded))
    return _section(request, loaded, anchor, heading, intro, whole=True)


@register.simple_tag(takes_context=True)
def newest_threads(
    context: RequestContext,
    subject: Remedy,
    anchor: str,
    heading: str,
    intro: str,
    counts: CommentCounts | None = None,
) -> SafeString:
    """The newest threads of a remedy, for the pages of its entries."""
    newest = DiscussionParams(Order.NEW, page=1, root_id=None, anchor=anchor, whole=False)
    loaded = discussion_for_request(context.request, subject, newest, NEWEST_THREADS, counts)
    return _section(context.request, loaded, anchor, heading, intro, whole=False)


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
    context: Context,
    discussion: Discussion,
    action: str,
    member: Participant | None = None,
    new: Comment | None = None,
) -> SafeString:
    """The comments with what begins and ends between them; `new` is the one just posted."""
    html = render_comments(
        discussion,
        action=action,
        has_consented=bool(member and member.has_consented),
        new=new.pk if new else None,
    )
    return with_token(html, str(context["csrf_token"])) if member else html


@register.simple_tag(takes_context=True)
def comment_box(context: Context, anchor: str, action: str, member: Participant) -> SafeString:
    """The member's form for a new thread."""
    box = CommentBox(anchor, action, has_consented=member.has_consented)
    return with_token(render_comment_box(box), str(context["csrf_token"]))


@register.simple_tag
def comment_orders() -> type[Order]:
    """The enum of sort orders."""
    return Order


def _section(
    request: HttpRequest,
    discussion: Discussion,
    anchor: str,
    heading: str,
    intro: str,
    *,
    whole: bool,
) -> SafeString:
    """The HTML of a discussion. Only members get forms: reading the CSRF token would give readers a cookie."""
    member = current_member_or_none(request)
    section = DiscussionSection(
        anchor, heading, intro, whole, Participant.of(member) if member else None
    )
    html = section_for_request(request, discussion, section)
    return with_token(html, form_token(request)) if member else html
