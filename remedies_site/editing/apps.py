"""The admin, with the site of `remedies_site.editing.site` as the one that models are registered with."""

from django.contrib.admin.apps import AdminConfig, SimpleAdminConfig

from remedies_site import env


class EditorsAdminConfig(AdminConfig):
    """Stands in INSTALLED_APPS in place of `django.contrib.admin`."""

    default_site = "remedies_site.editing.site.EditorsSite"

    def ready(self) -> None:
        """A web server loads the forms of editors with the first page of the admin (`editing.urls`)."""
        if env.serves_requests():
            SimpleAdminConfig.ready(self)
        else:
            super().ready()
