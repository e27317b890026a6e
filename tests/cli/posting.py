"""A dialog page that posts one message."""

from __future__ import annotations

import json


def post(message: object) -> str:
    return f"<!doctype html><script>window.opener.postMessage({json.dumps(message)}, '*')</script>"
