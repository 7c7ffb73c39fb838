from collections.abc import Sequence

from django.apps import AppConfig, apps


class SiteConfig(AppConfig):
    name = "remedies_site"
    verbose_name = "Site"

    def ready(self) -> None:
        from django.conf import settings
        from django.core.signals import request_started
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate, pre_migrate

        from remedies_site import checks  # noqa: F401  (registers the system checks)
        from remedies_site.admin_panels import PANELS
        from remedies_site.editing.front_page import register_panels
        from remedies_site.lookups import refuse_regex
        from remedies_site.monitoring.error_reports import start_error_reports
        from remedies_site.monitoring.slow_queries import watch_connection
        from remedies_site.sqlite_connections import close_all_moved
        from remedies_site.statement_limit import limit_statements

        register_panels(*PANELS)
        refuse_regex()

        request_started.connect(close_all_moved, dispatch_uid="remedies_site.close_all_moved")
        connection_created.connect(limit_statements, dispatch_uid="remedies_site.limit_statements")
        connection_created.connect(watch_connection, dispatch_uid="remedies_site.watch_connection")
        if settings.SENTRY_DSN:
            start_error_reports(settings.SENTRY_DSN)
        # This package has no models, and so no migrations to hear of; those of `auth` are always there.
        pre_migrate.connect(_forget_versions, sender=apps.get_app_config("auth"))
        post_migrate.connect(_note_versions, sender=apps.get_app_config("auth"))


def _forget_versions(plan: Sequence[object] | None = None, **_kwargs: object) -> None:
    """Only where the migration plan is not empty: no page is kept until the migration is over."""
    from remedies_site.pagecache import triggers

    if plan:
        triggers.remove()


def _note_versions(**_kwargs: object) -> None:
    """After every migration; one introspection query where nothing has changed."""
    from remedies_site.pagecache import triggers

    triggers.refresh()
