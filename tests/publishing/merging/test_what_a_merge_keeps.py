"""A merge publishes nobody's unapproved words, and takes nothing from readers that keeps them safe."""

import pytest
from django.utils import timezone

from conditions.models import Condition, FirstCare, RedFlag
from conditions.services import publish_condition
from discussions.following.services import follow
from discussions.models import Follow
from publishing.banners.services import lift_banner, set_banner
from publishing.merging.services import plan_merge, submit_merge
from publishing.models import Schedule
from remedies_site.exceptions import InvalidInput
from tests.factories import make_citation, make_condition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return make_user("publisher", name="ana")


@pytest.fixture
def pair():
    """Sleeplessness, to become part of insomnia."""
    return make_condition("Sleeplessness", aliases="cannot sleep"), make_condition("Insomnia")


def merge(pair, by):
    source, target = (Condition.objects.get(pk=subject.pk) for subject in pair)
    return submit_merge(source, target, by=by, note="One condition.")


def test_names_that_wait_in_a_draft_are_not_published_by_a_merge(pair, ana):
    sleepless, insomnia = pair
    Condition.objects.filter(pk=sleepless.pk).update(aliases="cannot sleep\ncured by zinc")
    sleepless.refresh_from_db()
    assert "cured by zinc" not in "".join(plan_merge(sleepless, insomnia).changes)
    with pytest.raises(InvalidInput, match="A change of /conditions/sleeplessness/ waits"):
        merge(pair, ana)
    Condition.objects.filter(pk=sleepless.pk).update(aliases="cannot sleep")
    Condition.objects.filter(pk=insomnia.pk).update(aliases="bad nights")
    with pytest.raises(InvalidInput, match="other names of /conditions/insomnia/ waits"):
        merge(pair, ana)


def test_a_submission_and_a_time_that_was_set_come_before_a_merge(pair, ana):
    sleepless, _insomnia = pair
    submission = sleepless.submissions.create(author=ana, author_name="ana", reason="New words.")
    with pytest.raises(InvalidInput, match="sleeplessness/ waits"):
        merge(pair, ana)
    submission.delete()
    time = Schedule.objects.create(subject=sleepless, author_name="ana", publish_at=timezone.now())
    with pytest.raises(InvalidInput, match="sleeplessness/ waits"):
        merge(pair, ana)
    time.delete()
    merge(pair, ana)


def test_red_flags_that_the_other_page_lacks_are_put_into_it_first(pair, ana):
    sleepless, insomnia = pair
    flag = {"text": "you hear voices", "checked": False}
    RedFlag.objects.create(condition=sleepless, **flag)
    care = FirstCare.objects.create(condition=sleepless, text="Doctors ask about habits.")
    care.citations.add(make_citation())
    publish_condition(sleepless, by=None)
    with pytest.raises(InvalidInput) as error:
        merge(pair, ana)
    assert "“you hear voices”: put it into /conditions/insomnia/ first" in str(error.value)
    assert "“Doctors ask about habits.”" in str(error.value)
    RedFlag.objects.create(condition=insomnia, **flag)
    with pytest.raises(InvalidInput, match="you hear voices"):
        merge(pair, ana)  # a draft is not what readers see
    other = FirstCare.objects.create(condition=insomnia, text="Doctors ask about habits.")
    other.citations.add(make_citation())
    publish_condition(insomnia, by=None)
    merge(pair, ana)
    assert sleepless.red_flags.count() == insomnia.red_flags.count() == 1
    assert list(insomnia.first_care.all()) == [other]


def test_a_standing_safety_notice_does_not_vanish_in_a_merge(pair, ana):
    banner = set_banner(pair[0], by=ana, text="Do not drive.")
    with pytest.raises(InvalidInput, match="safety notice stands on /conditions/sleeplessness/"):
        merge(pair, ana)
    set_banner(pair[1], by=ana, text="Do not drive.")
    lift_banner(banner, by=ana, reason="It stands on the other page.")
    merge(pair, ana)


def test_a_member_who_follows_both_conditions_follows_the_one_that_stays(pair, ana):
    edda, ben = make_user(), make_user()
    for subject in pair:
        follow(subject, by=edda, consent=True)
    follow(pair[0], by=ben, consent=True)
    merge(pair, ana)
    followed = Follow.objects.order_by("user").values_list("user", "condition")
    assert list(followed) == [(edda.pk, pair[1].pk), (ben.pk, pair[1].pk)]
