"""URLs of home, remedies, entries, the lists, the private check and the sitemap."""

from django.urls import path

from remedies.check import views as check_views
from remedies.experience import views as experience_views
from remedies.pages import feed_views, history_views, list_views, views
from remedies.sitemaps import sitemap_index, sitemap_pages, sitemap_part

urlpatterns = [
    path("", list_views.home, name="home"),
    path("about/grading/", list_views.grading, name="grading"),
    path("check/", check_views.check, name="check"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap/pages.xml", sitemap_pages, name="sitemap_pages"),
    path("sitemap/<slug:section>-<number:part>.xml", sitemap_part, name="sitemap_part"),
    path("map/", list_views.evidence_map_page, name="evidence_map"),
    path("map.csv", list_views.evidence_map_csv, name="evidence_map_csv"),
    path("recent/reviewed/", list_views.recently_reviewed, name="recently_reviewed"),
    path("recent/corrected/", list_views.recently_corrected, name="recently_corrected"),
    path("feeds/updates.atom", feed_views.updates_feed, name="updates_feed"),
    path("feeds/corrections.atom", feed_views.corrections_feed, name="corrections_feed"),
    path("conditions/<slug:slug>/-/feed.atom", feed_views.condition_feed, name="condition_feed"),
    path("remedies/<slug:slug>/-/feed.atom", feed_views.remedy_feed, name="remedy_feed"),
    path("conditions/<slug:slug>/avoid/", check_views.avoid, name="avoid"),
    path("conditions/<slug:slug>/compare/", list_views.compare, name="compare"),
    path(
        "conditions/<slug:slug>/-/remedies/",
        list_views.remedies_for_condition,
        name="remedies_for_condition",
    ),
    path("remedies/", list_views.remedy_list, name="remedies"),
    path("remedies/<slug:slug>/", views.remedy_detail, name="remedy"),
    path("remedies/<slug:slug>/-/conditions/", list_views.uses_of_remedy, name="uses_of_remedy"),
    path(
        "remedies/<slug:slug>/-/r/<number:number>/", views.remedy_revision, name="remedy_revision"
    ),
    path("remedies/<slug:slug>/-/history/", history_views.remedy_history, name="remedy_history"),
    path(
        "remedies/<slug:slug>/-/history/<number:first>...<number:second>/",
        history_views.remedy_difference,
        name="remedy_difference",
    ),
    path(
        "remedies/<slug:slug>/-/references.<slug:ending>",
        views.remedy_references,
        name="remedy_references",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/references.<slug:ending>",
        views.entry_references,
        name="entry_references",
    ),
    path("remedies/<slug:remedy>/<slug:condition>/", views.entry_detail, name="entry"),
    path("remedies/<slug:remedy>/<slug:condition>/grade/", views.entry_grade, name="entry_grade"),
    path("remedies/<slug:remedy>/<slug:condition>/vote/", views.entry_vote, name="entry_vote"),
    path(
        "remedies/<slug:remedy>/<slug:condition>/experience/",
        experience_views.experience,
        name="entry_experience",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/experience/delete/",
        experience_views.delete,
        name="entry_experience_delete",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/r/<number:number>/",
        views.entry_revision,
        name="entry_revision",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/history/",
        history_views.entry_history,
        name="entry_history",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/history/<number:first>...<number:second>/",
        history_views.entry_difference,
        name="entry_difference",
    ),
]
