"""A long list of authentications, as Tray would send it."""

from __future__ import annotations

import json
from typing import Any


def edges(count: int, start: int = 0) -> list[dict[str, Any]]:
    """Return edges whose services and environments come again and again."""
    return [{"node": node(index), "cursor": f"c{index}"} for index in range(start, start + count)]


def node(index: int) -> dict[str, Any]:
    """Return one authentication."""
    kind = index % 50
    return {
        "id": f"{index:08x}-9d1c-4c52-8f3e-5b7a1d2c3e4f",
        "name": f"Authentication number {index}",
        "customFields": {"region": "eu", "account": str(index)} if index % 2 else None,
        "service": {
            "id": f"55d1154c-4fd8-4c2c-ba22-0000000000{kind:02}",
            "name": f"service-{kind}",
            "icon": f"https://icons.example/service-{kind}.png",
            "title": f"Service number {kind}",
            "version": "1",
        },
        "serviceEnvironment": {"id": f"973b1afa-aa13-42c7-86c3-0000000000{kind:02}", "title": "Production"},
    }


def reply(entries: list[dict[str, Any]], **others: object) -> bytes:
    """Return the body of a reply with these edges, and what stands beside its data."""
    listed = {"edges": entries, "pageInfo": {"hasNextPage": False}}
    return json.dumps({"data": {"viewer": {"authentications": listed}}, **others}).encode()
