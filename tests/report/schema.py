"""Checks a document against the schema that is shipped."""

from __future__ import annotations

import importlib
import json
from typing import Any

from tray_auth_desktop import assets


def violations(document: object) -> list[str]:
    """Return what of a document is not as the schema says."""
    jsonschema: Any = importlib.import_module("jsonschema")  # it comes without types
    schema = json.loads(assets.read_text("timeline/timeline.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema)
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(document)]
