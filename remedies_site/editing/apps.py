"""The admin, with the site of `remedies_site.editing.site` as the one that models are registered with."""

from django.contrib.admin.apps import AdminConfig


class EditorsAdminConfig(AdminConfig):
    """Stands in INSTALLED_APPS in place of `django.contrib.admin`."""

    default_site = "remedies_site.editing.site.EditorsSite"
