"""Addresses of home, remedies, entries, search and the site map."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from remedies import views
from remedies.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.home, name="home"),
    path("about/grading/", views.grading, name="grading"),
    path("search/", views.search, name="search"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("remedies/", views.remedy_list, name="remedies"),
    path("remedies/<slug:slug>/", views.remedy_page, name="remedy"),
    path(
        "remedies/<slug:slug>/-/r/<number:number>/", views.remedy_revision, name="remedy_revision"
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
    path("remedies/<slug:remedy>/<slug:condition>/", views.entry_page, name="entry"),
    path("remedies/<slug:remedy>/<slug:condition>/grade/", views.entry_grade, name="entry_grade"),
    path("remedies/<slug:remedy>/<slug:condition>/vote/", views.vote, name="entry_vote"),
    path(
        "remedies/<slug:remedy>/<slug:condition>/r/<number:number>/",
        views.entry_revision,
        name="entry_revision",
    ),
]
