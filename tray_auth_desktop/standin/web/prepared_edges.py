"""The edges of a long list, made without GraphQL's executor.

The executor visits every field of every node, one by one: for 100,000 authentications ten times the work
of the rest, 5 s instead of half a second, during which nobody else is answered. So where what is asked of
the edges is a plain tree of fields, the resolver hands the executor an empty list, encodes the real one
itself, shaped by that tree, and puts it aside; `put_in` sets it into the executor's result, at its path.
The request has been validated against the schema before, and the values are those the executor would
have taken by their names, so the reply is the same byte for byte, which a test compares. Fragments,
directives, `__typename` and keys that are asked for twice are left to the executor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec
from graphql import FieldNode, GraphQLResolveInfo, SelectionSetNode

Node: TypeAlias = dict[str, Any]
#: Key in the reply → name of the field, and the shape of what is below it.
Shape: TypeAlias = "dict[str, tuple[str, Shape | None]]"


@dataclass(slots=True)
class PreparedEdges:
    """Lists put aside while one request is executed, each with the path where it belongs."""

    _lists: list[tuple[list[str | int], msgspec.Raw]] = field(default_factory=list)

    def resolve(self, edges: Iterable[Node], info: GraphQLResolveInfo[Any]) -> list[Node]:
        """Return what the executor is to complete: nothing, where the list could be put aside."""
        shape = _shape_of(info.field_nodes)
        if shape is None:
            return list(edges)
        self._lists.append((info.path.as_list(), _encoded(edges, shape)))
        return []

    def put_in(self, data: Node | None) -> None:
        """Set each list where it belongs in the data of a reply."""
        for path, encoded in self._lists:
            place: Any = data
            for step in path[:-1]:
                # Null where a failure elsewhere took everything with it.
                place = place and place[step]
            if place:
                place[path[-1]] = encoded


def _encoded(edges: Iterable[Node], shape: Shape) -> msgspec.Raw:
    """Return the list as JSON. One edge at a time, so that no more of them exist at once."""
    encoder = msgspec.json.Encoder()
    whole = bytearray(b"[")
    for number, edge in enumerate(edges):
        if number:
            whole += b","
        whole += encoder.encode(_shaped(edge, shape))
    whole += b"]"
    return msgspec.Raw(whole)


def _shaped(source: Node, shape: Shape) -> Node:
    return {
        key: source[name] if below is None or source[name] is None else _shaped(source[name], below)
        for key, (name, below) in shape.items()
    }


def _shape_of(nodes: Sequence[FieldNode]) -> Shape | None:
    """Return what is asked below a field; None when that is not a plain tree."""
    if len(nodes) != 1 or nodes[0].selection_set is None:
        return None
    return _tree(nodes[0].selection_set)


def _tree(selected: SelectionSetNode) -> Shape | None:
    tree: Shape = {}
    for node in selected.selections:
        if not isinstance(node, FieldNode) or node.directives or node.name.value.startswith("__"):
            return None
        key = node.alias.value if node.alias else node.name.value
        below = _tree(node.selection_set) if node.selection_set else None
        if key in tree or (node.selection_set and below is None):
            return None
        tree[key] = (node.name.value, below)
    return tree
