"""URLs of discussions and comments."""

from django.urls import path

from discussions import views
from discussions.bursts import views as bursts_views
from discussions.challenges import views as challenge_views
from discussions.dashboard import views as dashboard_views
from discussions.following import views as following_views
from discussions.moderation import views as moderation_views
from discussions.profiles import views as profile_views

urlpatterns = [
    path("remedies/<slug:slug>/-/comments/", views.comment_on_remedy, name="comment_on_remedy"),
    path(
        "remedies/<slug:remedy>/<slug:condition>/comments/",
        views.comment_on_entry,
        name="comment_on_entry",
    ),
    path("remedies/<slug:slug>/-/follow/", following_views.follow_remedy, name="follow_remedy"),
    path(
        "conditions/<slug:slug>/-/follow/",
        following_views.follow_condition,
        name="follow_condition",
    ),
    path(
        "remedies/<slug:slug>/-/comments/follow/",
        following_views.follow_remedy_discussion,
        name="follow_remedy_discussion",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/comments/follow/",
        following_views.follow_entry_discussion,
        name="follow_entry_discussion",
    ),
    path(
        "remedies/<slug:slug>/-/challenge/",
        challenge_views.challenge_remedy,
        name="challenge_remedy",
    ),
    path(
        "conditions/<slug:slug>/-/challenge/",
        challenge_views.challenge_condition,
        name="challenge_condition",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/challenge/",
        challenge_views.challenge_entry,
        name="challenge_entry",
    ),
    path(
        "remedies/<slug:slug>/-/challenges/",
        challenge_views.challenges_of_remedy,
        name="challenges_of_remedy",
    ),
    path(
        "conditions/<slug:slug>/-/challenges/",
        challenge_views.challenges_of_condition,
        name="challenges_of_condition",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/challenges/",
        challenge_views.challenges_of_entry,
        name="challenges_of_entry",
    ),
    path("challenges/", challenge_views.challenges, name="challenges"),
    path("challenges/<number:pk>/", challenge_views.challenge, name="challenge"),
    path("challenges/<number:pk>/delete/", challenge_views.delete, name="challenge_delete"),
    path("follows/<number:pk>/delete/", following_views.unfollow, name="unfollow"),
    path("comments/<number:pk>/", views.redirect_to_comment, name="comment"),
    path("comments/<number:pk>/vote/", views.vote, name="comment_vote"),
    path("comments/<number:pk>/edit/", views.edit, name="comment_edit"),
    path("comments/<number:pk>/delete/", views.delete, name="comment_delete"),
    path("comments/<number:pk>/report/", views.report, name="comment_report"),
    path("members/<str:name>/", profile_views.profile, name="member"),
    path("trust/", dashboard_views.trust, name="trust"),
    path("about/moderation/", moderation_views.log, name="moderation_log"),
    path("moderation/", moderation_views.queue, name="moderation"),
    path("moderation/appeals/", moderation_views.appeals, name="moderation_appeals"),
    path(
        "moderation/appeals/<number:pk>/",
        moderation_views.decide_on_appeal,
        name="moderation_appeal",
    ),
    path("moderation/bursts/", bursts_views.bursts, name="moderation_bursts"),
    path("moderation/bursts/<number:pk>/", bursts_views.decide_on_burst, name="moderation_burst"),
    path("decisions/<number:pk>/", moderation_views.statement, name="decision"),
    path("reports/<number:pk>/withdraw/", moderation_views.withdraw_report, name="report_withdraw"),
    path("moderation/<number:pk>/", moderation_views.decide, name="moderation_decide"),
]
