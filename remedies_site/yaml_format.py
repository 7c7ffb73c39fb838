"""YAML in one canonical shape: a file that is read and written again is the same to the byte."""

from collections.abc import Hashable

import yaml

_WIDTH = 100
_LOST_IF_UNQUOTED = {"\x85", "\u2028", "\u2029"}


class _Loader(yaml.SafeLoader):
    """Rejects a key that occurs twice in one mapping: the first value would be lost silently."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        seen: set[Hashable] = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key is a word, not a list or a mapping", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands here twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)

    def construct_day(self, node: yaml.ScalarNode) -> object:
        """A date; one that no calendar has stays text, so that the error names its field."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


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
    """The content of a file. Raises: yaml.YAMLError, with line and column."""
    return yaml.load(text, _Loader)  # noqa: S506  (_Loader is a SafeLoader)


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
