"""A member with something in every table that members fill."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.test import Client

from accounts.notifications.choices import MailTiming, NotificationKind
from accounts.notifications.services import notify, set_timings
from accounts.services import rename, set_shows_comments
from discussions.following.services import follow
from discussions.models import Comment
from discussions.moderation.services import remove_comment, report_comment
from discussions.services import edit_comment, vote_on_comment
from remedies.models import ExperienceReport
from remedies.services import vote_on_entry
from tests.factories import make_challenge, make_comment, make_entry, make_user

NAME, OLD_NAME, EMAIL, WORDS = "Quollwise", "Quollfirst", "quoll@example.org", "Quolltext"


class Life:
    """A member who did all that members can do, and others who replied and voted."""

    def __init__(self) -> None:
        self.entry = make_entry()
        self.other = make_user()
        self.member = make_user(name=OLD_NAME, email=EMAIL)
        rename(self.member, name=NAME)
        Client().force_login(self.member)
        vote_on_entry(self.entry, by=self.member, value=1)
        vote_on_entry(self.entry, by=self.other, value=1)
        self.theirs = make_comment(self.entry, by=self.other, body="What a pity.")
        vote_on_comment(self.theirs, by=self.member, value=1)
        self.root = make_comment(self.entry, by=self.member, body=f"{WORDS} one.")
        edit_comment(self.root, by=self.member, body=f"{WORDS} two.")
        vote_on_comment(self.root, by=self.other, value=-1)
        self.reply = make_comment(by=self.member, parent=self.theirs, body=f"{WORDS} three.")
        self.answer = make_comment(by=self.other, parent=self.root, body="I see.")
        self.removed = make_comment(self.entry, by=self.member, body=f"{WORDS} four.")
        remove_comment(self.removed, by=make_user("moderator"), reason="Unkind.")
        self.held = make_comment(self.entry, by=self.member, body=f"{WORDS} five.")
        Comment.objects.filter(pk=self.held.pk).update(state="held")
        report_comment(self.theirs, by=self.member, reason="other", detail=f"{WORDS} six.")
        report_comment(self.root, by=self.other, reason="other", detail=f"Says {WORDS}.")
        make_challenge(self.entry, by=self.member, text=f"{WORDS} seven.")
        experience = ExperienceReport.objects.create(
            entry=self.entry,
            member=self.member,
            form="tablet",
            duration="weeks",
            outcome="better",
            onset="week",
            stopped=False,
        )
        experience.side_effects.create(effect="none")
        set_shows_comments(self.member, shown=True)
        follow(self.entry.remedy, by=self.member)
        follow(self.root.thread, by=self.member)
        set_timings(self.member, {NotificationKind.REPLY: MailTiming.DAILY})
        notify(
            [self.member, self.other],
            NotificationKind.REPLY,
            title=self.entry.shown_title,
            url=self.answer.get_absolute_url(),
        )
        EmailMessage("Hello", f"Dear {NAME}", to=[EMAIL]).send()
        for row, text in ((self.member, NAME), (self.root, self.root.body)):
            LogEntry.objects.create(
                user=make_user("moderator"),
                content_type=ContentType.objects.get_for_model(type(row)),
                object_id=str(row.pk),
                object_repr=text,
                action_flag=CHANGE,
            )
