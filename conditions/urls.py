"""URLs below /conditions/."""

from django.urls import path

from conditions import views

urlpatterns = [
    path("", views.condition_list, name="conditions"),
    path("<slug:slug>/", views.condition_page, name="condition"),
    path(
        "<slug:slug>/-/references.<slug:ending>",
        views.condition_references,
        name="condition_references",
    ),
    path("<slug:slug>/-/r/<number:number>/", views.condition_revision, name="condition_revision"),
    path("<slug:slug>/-/history/", views.condition_history, name="condition_history"),
    path(
        "<slug:slug>/-/history/<number:first>...<number:second>/",
        views.condition_difference,
        name="condition_difference",
    ),
]
