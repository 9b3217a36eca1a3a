"""YAML that reads as a diff: keys in their order, long and multi-line strings as literal blocks, no anchors."""

from __future__ import annotations

from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where PyYAML was built with libyaml
_LONG = 90
_LINE_ENDS_OF_YAML = frozenset("\r\x85\u2028\u2029\ufeff")  # come back as another line end, or not, unless escaped


class _ReadableDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def analyze_scalar(self, scalar: str) -> Any:
        """PyYAML quotes a text with a space before a line end; a literal block keeps that space just as well."""
        analysis = super().analyze_scalar(scalar)
        analysis.allow_block = _fits_a_block(scalar)
        return analysis


def _fits_a_block(text: str) -> bool:
    return (
        bool(text.strip())
        and _LINE_ENDS_OF_YAML.isdisjoint(text)
        and all(character.isprintable() or character in "\n\xa0\u3000" for character in text)
    )


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if not _LINE_ENDS_OF_YAML.isdisjoint(text):
        style = '"'
    elif ("\n" in text or len(text) > _LONG) and _fits_a_block(text):
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_ReadableDumper.add_representer(str, _represent_text)


def dump(value: Any) -> str:
    """`value` (mappings, lists, strings, numbers, booleans, None) as YAML text.

    Raises `ValueError` for a value that would not come back the same, such as a lone surrogate.
    """
    text: str = yaml.dump(value, Dumper=_ReadableDumper, sort_keys=False, allow_unicode=True, width=120)
    try:
        same = load(text) == value
    except (yaml.YAMLError, UnicodeError) as problem:
        raise ValueError(f"cannot be stored as YAML: {problem}") from problem
    if not same:
        raise ValueError("cannot be stored as YAML: it would come back changed")
    return text


def load(text: str) -> Any:
    """The value that `dump` wrote. Only plain YAML: no Python objects are built."""
    return yaml.load(text, Loader=_Loader)
