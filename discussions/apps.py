from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"
    verbose_name = "Discussions"

    def ready(self) -> None:
        """Search finds what members say too."""
        from discussions.search import COMMENTS
        from remedies.search.sources import register

        register(COMMENTS)
