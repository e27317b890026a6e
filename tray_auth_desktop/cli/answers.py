"""Answers on stdout: a table for people, JSON or CSV for programs. Made for lists of any length."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import click

from tray_auth_desktop.cli.table import table_lines

T = TypeVar("T")
_LINES_AT_ONCE = 1_000

as_json_flag = click.option("--json", "as_json", is_flag=True, help="JSON instead of a table.")
yes_flag = click.option("--yes", "is_confirmed", is_flag=True, help="Do not ask.")


def print_list(
    items: Sequence[T],
    as_object: Callable[[T], dict[str, object]],
    heads: Sequence[str],
    as_row: Callable[[T], Sequence[str]],
    *,
    as_json: bool,
) -> None:
    """Print a list: as a JSON list with an object on each line, or as a table."""
    if as_json:
        print_json_list(map(as_object, items))
    else:
        _print_lines(table_lines(heads, map(as_row, items)))


def print_json_list(objects: Iterable[dict[str, object]]) -> None:
    """Print a JSON list, an object on each line."""
    texts = [json.dumps(one) for one in objects]
    if not texts:
        click.echo("[]")
        return
    last = len(texts) - 1
    lines = (f"  {text}{',' if index < last else ''}" for index, text in enumerate(texts))
    _print_lines(["[", *lines, "]"])


def print_object(values: dict[str, object], *, as_json: bool) -> None:
    """Print one thing: as a JSON object on one line, or its fields below each other."""
    if as_json:
        click.echo(json.dumps(values))
        return
    rows = ((name.replace("_", " ").upper(), _text(value)) for name, value in values.items())
    _print_lines(table_lines(("FIELD", "VALUE"), rows))


def print_csv(lines: Iterable[str]) -> None:
    """Print lines of CSV, which have their own ends."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    _make_stdout_tolerant()
    click.echo("".join(lines), nl=False)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _print_lines(lines: Iterable[str]) -> None:
    """Print lines, many at a time."""
    _make_stdout_tolerant()
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == _LINES_AT_ONCE:
            click.echo("\n".join(held))
            held.clear()
    if held:
        click.echo("\n".join(held))


def _make_stdout_tolerant() -> None:
    """A name that the terminal's encoding does not know is no reason to fail."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
