"""Change tables in the text of a TOML file, and leave everything else in it as it was.

A section is what stands from a `[header]` to the last value beneath it. Comments after that belong
to whatever follows, so they stay where they are, also when the section goes. Within a section
tomlkit makes the changes. A table that has no header of its own (written with dots or in braces) is
changed by tomlkit in the whole document.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Keys = tuple[str, ...]
#: Stands for the keys of a `[[list]]` of tables: none of ours.
_LIST: Keys = ("[[",)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of the text, from the header (or the first line) to the last value; `end` is the one after."""

    keys: Keys
    start: int
    end: int


def sections(text: str) -> tuple[Section, ...]:
    """Return all sections in the order of the text; the first has no header."""
    lines = text.splitlines(keepends=True)
    heads: list[tuple[Keys, int]] = [((), 0), *_headers(lines)]
    ends = [*(start for _, start in heads[1:]), len(lines)]
    return tuple(
        Section(keys, start, _end_of_values(lines, start, end))
        for (keys, start), end in zip(heads, ends, strict=True)
    )


def set_values(text: str, keys: Keys, values: Mapping[str, str]) -> str:
    """Return the text with these values in a table; empty values are taken out of it.

    Args:
        text: A well-formed document.
        keys: The table; empty for the values before all headers.
        values: What is to stand there. Values of the table that are not named stay.
    """
    document = tomllib.loads(text)
    present = table_of(document, keys)
    wanted = {key: value for key, value in values.items() if value != present.get(key, "")}
    if not wanted:
        return text
    section = next((section for section in sections(text) if section.keys == keys), None)
    if section is None and present:
        return _edited(text, keys, lambda table: _put(table, wanted))
    if section is None:
        return _add_section(text, keys, {key: value for key, value in wanted.items() if value})
    lines = text.splitlines(keepends=True)
    old = "".join(lines[section.start : section.end])
    if old and not old.endswith("\n"):
        old += "\n"
    changed = _edited(old, keys, lambda table: _put(table, wanted))
    changed = re.sub(r"\r?\n", _line_end(lines), changed)
    if section.start == section.end and lines and lines[0].strip():
        changed += _line_end(lines)
    return "".join([*lines[: section.start], changed, *lines[section.end :]])


def remove_tables(text: str, keys: Keys) -> str:
    """Return the text without a table and those beneath it."""
    lines = text.splitlines(keepends=True)
    for section in reversed(sections(text)):
        if section.keys and section.keys[: len(keys)] == keys:
            del lines[section.start : section.end]
            start = section.start
            while start and not lines[start - 1].strip() and _is_blank(lines, start):
                start -= 1
                del lines[start]
    changed = "".join(lines)
    if not _holds(changed, keys):
        return changed
    return _edited(changed, keys[:-1], lambda table: table.pop(keys[-1]))


def rename_table(text: str, keys: Keys, new_key: str) -> str:
    """Return the text with the last key of a table, and of those beneath it, replaced."""
    new_keys = (*keys[:-1], new_key)
    lines = text.splitlines(keepends=True)
    for section in sections(text):
        if section.keys and section.keys[: len(keys)] == keys:
            header = ".".join(map(_quoted, (*new_keys, *section.keys[len(keys) :])))
            lines[section.start] = f"[{header}]{_after_header(lines[section.start])}"
    changed = "".join(lines)
    if not _holds(changed, keys):
        return changed
    return _edited(changed, keys[:-1], lambda table: table.update({new_key: table.pop(keys[-1])}))


def table_of(document: Mapping[str, Any], keys: Keys) -> Mapping[str, Any]:
    """Return a table of a document; an empty one if it is not there."""
    found: Any = document
    for key in keys:
        found = found.get(key, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}


def _headers(lines: Sequence[str]) -> Iterator[tuple[Keys, int]]:
    last = 0
    for number, line in enumerate(lines):
        if not line.lstrip().startswith("["):
            continue
        # what stands since the last header is no document where the line is within a value of several lines
        if _is_document(line) and _is_document("".join(lines[last:number])):
            last = number
            yield _LIST if line.lstrip().startswith("[[") else _only_keys(tomllib.loads(line)), number


def _after_header(line: str) -> str:
    """Return what follows the bracket that closes a header: a comment, the end of the line."""
    for place, letter in enumerate(line, start=1):
        if letter == "]" and _is_document(line[:place]):
            return line[place:]
    return "\n"


def _is_document(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _only_keys(document: Mapping[str, Any]) -> Keys:
    keys: list[str] = []
    inner: Any = document
    while inner:
        ((key, inner),) = inner.items()
        keys.append(key)
    return tuple(keys)


def _end_of_values(lines: Sequence[str], start: int, end: int) -> int:
    """Return the line after the last value. Without a header the first line may be a comment, too."""
    while end > start and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _edited(text: str, keys: Keys, edit: Callable[[Any], object]) -> str:
    """Return a document with one of its tables changed."""
    import tomlkit

    document = tomlkit.parse(text)
    table: Any = document
    for key in keys:
        table = table[key]
    edit(table)
    return tomlkit.dumps(document)


def _put(table: Any, values: Mapping[str, str]) -> None:
    for key, value in values.items():
        if value:
            table[key] = value
        else:
            table.pop(key, None)


def _add_section(text: str, keys: Keys, values: Mapping[str, str]) -> str:
    """Add a table with its header: after its siblings and parents, else at the end."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    end = _line_end(lines)
    near = [section.end for section in sections(text) if section.keys and section.keys[:2] == keys[:2]]
    place = max(near, default=len(lines))
    body = [f"[{'.'.join(map(_quoted, keys))}]{end}"]
    body += [f"{_quoted(key)} = {_text(value)}{end}" for key, value in values.items()]
    before = [end] if place and lines[place - 1].strip() else []
    after = [end] if place < len(lines) and lines[place].strip() else []
    return "".join([*lines[:place], *before, *body, *after, *lines[place:]])


def _holds(text: str, keys: Keys) -> bool:
    return keys[-1] in table_of(tomllib.loads(text), keys[:-1])


def _is_blank(lines: Sequence[str], number: int) -> bool:
    return number >= len(lines) or not lines[number].strip()


def _line_end(lines: Sequence[str]) -> str:
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"


def _quoted(key: str) -> str:
    is_bare = key.isascii() and key and all(letter.isalnum() or letter in "_-" for letter in key)
    return key if is_bare else _text(key)


def _text(value: str) -> str:
    import tomlkit

    return tomlkit.item(value).as_string()
