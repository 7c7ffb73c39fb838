from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "remedies_site"
    verbose_name = "Site"

    def ready(self) -> None:
        from remedies_site import checks  # noqa: F401  (registers the system checks)
        from remedies_site.lookups import refuse_regex

        refuse_regex()
