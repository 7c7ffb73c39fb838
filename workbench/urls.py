"""URLs of the pages for people who change the site."""

from django.urls import path

from workbench.gallery.views import components

urlpatterns = [path("about/components/", components, name="components")]
