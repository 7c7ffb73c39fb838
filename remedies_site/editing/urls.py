"""The URLs of the admin. To import this module is to load the admin, with the forms of all packages."""

from django.contrib import admin
from django.contrib.admin import autodiscover

autodiscover()
urlpatterns = admin.site.get_urls()
