"""YAML in one canonical shape: a file that is read and written again is the same to the byte."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

MAX_CHARACTERS = 5_000_000
"""The longest file: more than ten times all that is shipped, and still read in seconds."""
_MAX_DEPTH = 20
_MAX_NUMBER = 40  # characters; long ones take quadratic time, and no column holds them
_WIDTH = 100
_LOST_IF_UNQUOTED = {"\x85", "\u2028", "\u2029"}


if TYPE_CHECKING or not yaml.__with_libyaml__:
    _Base = yaml.SafeLoader
else:
    from yaml.cyaml import CParser

    class _Base(Composer, CParser, SafeConstructor, Resolver):
        """The same with the parser in C, which is ten times as fast."""

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            Composer.__init__(self)
            SafeConstructor.__init__(self)
            Resolver.__init__(self)


class _Loader(_Base):
    """Rejects what a content pack never needs and hostile files are made of, and lost values.

    An alias repeats what its anchor names, so that a few lines unfold to gigabytes; tags name types;
    deep nesting ends in a RecursionError. A key that occurs twice in one mapping would lose a value.
    """

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _error("anchors (&) and aliases (*) are not accepted", event.start_mark)
        if getattr(event, "tag", None):
            raise _error(f"tags are not accepted: {event.tag[:40]!r}", event.start_mark)
        if self._depth == _MAX_DEPTH:
            raise _error(f"lists and mappings nest deeper than {_MAX_DEPTH}", event.start_mark)
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def construct_number(self, node: yaml.ScalarNode) -> object:
        """An int or a float; what no number can be made of stays text, as a date does."""
        if len(node.value) > _MAX_NUMBER:
            raise _error(f"a number has more than {_MAX_NUMBER} characters", node.start_mark)
        construct = _NUMBERS[node.tag]
        try:
            return construct(self, node)
        except (ValueError, OverflowError):
            return node.value

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        seen: set[Hashable] = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise _error("a key is a word, not a list or a mapping", key_node.start_mark)
            if key in seen:
                raise _error(f"the key {key!r} stands here twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)

    def construct_day(self, node: yaml.ScalarNode) -> object:
        """A date; one that no calendar has stays text, so that the error names its field."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


def _error(message: str, mark: yaml.Mark) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=message, problem_mark=mark)


_NUMBERS = {
    "tag:yaml.org,2002:int": yaml.SafeLoader.construct_yaml_int,
    "tag:yaml.org,2002:float": yaml.SafeLoader.construct_yaml_float,
}
for _tag in _NUMBERS:
    _Loader.add_constructor(_tag, _Loader.construct_number)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented below their key, as people write them."""
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if set(text) & _LOST_IF_UNQUOTED:
        style: str | None = '"'
    else:
        style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def read(text: str) -> object:
    """The content of a file. Raises: yaml.YAMLError, with line and column where there is one."""
    if len(text) > MAX_CHARACTERS:
        raise yaml.YAMLError(f"longer than {MAX_CHARACTERS:,} characters")
    return _Loader(text).get_single_data()


def write(content: dict[str, object]) -> str:
    """The canonical text of a file."""
    return yaml.dump(
        content,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH,
        indent=2,
    )
