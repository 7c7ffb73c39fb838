from django.apps import AppConfig


class CitationsConfig(AppConfig):
    name = "citations"
    verbose_name = "Citations"

    def ready(self) -> None:
        """Broken links are on the first page of the admin."""
        from citations.links.admin_panels import PANELS
        from remedies_site.editing.front_page import register_panels

        register_panels(*PANELS)
