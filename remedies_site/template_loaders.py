"""A template loader that leaves out the white space of the source that no browser shows.

Templates are written for people, with a line for each tag and indentation. A browser shows any run of white
space as one blank, so a run in the text of a template becomes one character when the template is compiled:
a line break where it had one. A run that follows white space of the same list of nodes is left out. Nothing
is joined that was apart, nothing happens while a page is made, and lines of the source keep their numbers.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.template import Engine, Template
from django.template.base import Node, NodeList, Origin, TextNode
from django.template.defaulttags import ForNode, IfNode, LoadNode, WithNode
from django.template.loaders import cached

_SOURCES = (
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
)
_RUN = re.compile(r"\s*\n\s*")


class Loader(cached.Loader):
    """Django's cached loader, with `collapse` for templates of HTML."""

    def __init__(self, engine: Engine, loaders: Sequence[Any] = _SOURCES) -> None:
        """`loaders` fetch the sources: without others, from the project's folder and from its packages."""
        super().__init__(engine, loaders)

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """The compiled template; white space is collapsed before it comes into the cache of this loader."""
        is_new = self.cache_key(template_name, skip) not in self.get_template_cache
        template = super().get_template(template_name, skip)
        if is_new and template_name.endswith(".html"):
            collapse(template.nodelist)
        return template


def collapse(nodes: Iterable[Node], after_space: bool = False) -> bool:
    """Shorten the texts of `nodes` in place; whether what they print surely ends with white space.

    `after_space`: what stands before them surely does.
    """
    for node in nodes:
        after_space = _collapse_node(node, after_space)
    return after_space


def _collapse_node(node: Node, after_space: bool) -> bool:
    if isinstance(node, TextNode):
        text = _RUN.sub("\n", node.s)
        node.s = text.lstrip() if after_space else text
        return node.s[-1:].isspace() if node.s else after_space
    if isinstance(node, LoadNode):
        return after_space
    if isinstance(node, WithNode):
        return collapse(node.nodelist, after_space)
    if isinstance(node, IfNode):
        branches = [collapse(nodes, after_space) for _condition, nodes in node.conditions_nodelists]
        has_else = node.conditions_nodelists[-1][0] is None
        return all(branches) and (has_else or after_space)
    if isinstance(node, ForNode):
        return _collapse_loop(node, after_space)
    for name in node.child_nodelists:
        collapse(getattr(node, name, NodeList()))
    return False


def _collapse_loop(node: ForNode, after_space: bool) -> bool:
    """A body follows what stands before the loop, or itself."""
    loop, empty = (getattr(node, name) for name in node.child_nodelists)
    is_spaced = collapse(loop)
    if after_space and is_spaced:
        collapse(loop, after_space)
    return collapse(empty, after_space) and is_spaced and after_space
