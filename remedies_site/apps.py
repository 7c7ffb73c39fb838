from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "remedies_site"
    verbose_name = "Site"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from remedies_site import checks  # noqa: F401  (registers the system checks)
        from remedies_site.lookups import refuse_regex
        from remedies_site.statement_limit import limit_statements

        refuse_regex()

        connection_created.connect(limit_statements, dispatch_uid="remedies_site.limit_statements")
