"""URLs of a namespace that are loaded when one of them is first wanted."""

from django.urls import URLResolver


class LazyNamespace(URLResolver):
    """As an included URLconf, by its dotted path, in a namespace of its own.

    Django's `reverse` asks every resolver for its names, which loads what they name. Names of a namespace are
    found in it alone, so this one is asked when its own are wanted.
    """

    def _populate(self) -> None:
        """Nothing: a name in a namespace is looked up in the patterns themselves."""
