"""Addresses of home, remedies, entries, search and the site map."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from remedies.sitemaps import SITEMAPS
from remedies.views import (
    avoid,
    check,
    compare,
    entries,
    evidence_map,
    experience,
    home,
    recent,
    remedies,
    search,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("about/grading/", home.grading, name="grading"),
    path("check/", check.check, name="check"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
    path("references/<path:key>/", search.reference, name="reference"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("map/", evidence_map.evidence_map_page, name="evidence_map"),
    path("map.csv", evidence_map.evidence_map_csv, name="evidence_map_csv"),
    path("recent/reviewed/", recent.recently_reviewed, name="recently_reviewed"),
    path("recent/corrected/", recent.recently_corrected, name="recently_corrected"),
    path("conditions/<slug:slug>/avoid/", avoid.avoid, name="avoid"),
    path("conditions/<slug:slug>/compare/", compare.compare, name="compare"),
    path("remedies/", home.remedy_list, name="remedies"),
    path("remedies/<slug:slug>/", remedies.remedy_page, name="remedy"),
    path(
        "remedies/<slug:slug>/-/r/<number:number>/",
        remedies.remedy_revision,
        name="remedy_revision",
    ),
    path(
        "remedies/<slug:slug>/-/references.<slug:ending>",
        remedies.remedy_references,
        name="remedy_references",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/references.<slug:ending>",
        entries.entry_references,
        name="entry_references",
    ),
    path("remedies/<slug:remedy>/<slug:condition>/", entries.entry_page, name="entry"),
    path("remedies/<slug:remedy>/<slug:condition>/grade/", entries.entry_grade, name="entry_grade"),
    path("remedies/<slug:remedy>/<slug:condition>/vote/", entries.vote, name="entry_vote"),
    path(
        "remedies/<slug:remedy>/<slug:condition>/experience/",
        experience.experience,
        name="entry_experience",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/experience/delete/",
        experience.delete,
        name="entry_experience_delete",
    ),
    path(
        "remedies/<slug:remedy>/<slug:condition>/r/<number:number>/",
        entries.entry_revision,
        name="entry_revision",
    ),
]
