"""What a token form asks for: fields read from the JSON schemas of a service environment.

Schemas come in two generations: `required` is a list of names beside `properties`, or, in
draft 3, a boolean inside each property (protocol notes, section 3.4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tray_auth_desktop.standin.state.catalogue import ServiceEnvironment

_LONGEST_NAME = 100
NAME_FIELD = "name"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a token form.

    Attributes:
        name: key in the schema; the form's element is named `field.` and this.
        kind: `text`, `password`, `number` or `select`.
        pattern: regular expression the text must match; empty for any.
        minimum, maximum: bounds of a number; None for none.
        options: what a `select` offers.
    """

    name: str
    label: str
    description: str
    kind: str
    required: bool
    pattern: str = ""
    minimum: int | None = None
    maximum: int | None = None
    options: tuple[str, ...] = ()
    default: str = ""

    def problem_with(self, value: str) -> str | None:
        """Return what is wrong with a value typed by a person, in a sentence; None when nothing is."""
        if not value:
            return f"Enter the {self.label}." if self.required else None
        if self.kind == "number":
            return self._problem_with_number(value)
        if self.options and value not in self.options:
            return f"Choose one of the values offered for {self.label}."
        if self.pattern and not re.search(self.pattern, value):
            return f"Check the {self.label}. {self.description}".strip()
        return None

    def _problem_with_number(self, value: str) -> str | None:
        if not re.fullmatch(r"-?\d{1,18}", value):
            return f"{self.label} must be a whole number."
        low, high = self.minimum, self.maximum
        if (low is not None and int(value) < low) or (high is not None and int(value) > high):
            return f"{self.label} must be between {low} and {high}."
        return None


def fields_of(environment: ServiceEnvironment) -> tuple[FormField, ...]:
    """Return the fields of an environment's form: user data first, credentials after."""
    return read_schema(environment.user_data_schema) + read_schema(environment.credentials_schema)


def read_schema(schema: dict[str, Any]) -> tuple[FormField, ...]:
    """Return the fields that a JSON schema of either generation describes."""
    required = schema.get("required")
    names = required if isinstance(required, list) else []
    properties: dict[str, dict[str, Any]] = schema.get("properties", {})
    return tuple(
        _read_property(name, spec, name in names or spec.get("required") is True)
        for name, spec in properties.items()
    )


def check_fields(fields: tuple[FormField, ...], values: dict[str, str]) -> dict[str, str]:
    """Return what is wrong with what was typed: name of the field → sentence."""
    problems = {
        f"field.{field.name}": field.problem_with(values.get(field.name, "").strip()) for field in fields
    }
    return {name: problem for name, problem in problems.items() if problem is not None}


def check_name(name: str) -> dict[str, str]:
    """Return what is wrong with the name given to an authentication, as `check_fields` does."""
    if not name.strip():
        return {NAME_FIELD: "Enter a name for this authentication."}
    if len(name.strip()) > _LONGEST_NAME:
        return {NAME_FIELD: f"Use at most {_LONGEST_NAME} characters."}
    return {}


def check_data(fields: tuple[FormField, ...], data: dict[str, Any]) -> list[str]:
    """Return what is wrong with data sent through an API, as a JSON schema validator would say it."""
    missing = [field for field in fields if field.required and field.name not in data]
    problems = [f"#: required key [{field.name}] not found" for field in missing]
    for field in fields:
        value = data.get(field.name)
        expected = int if field.kind == "number" else str
        if value is not None and not isinstance(value, expected):
            problems.append(f"#/{field.name}: expected type: {_json_type(field)}")
        elif isinstance(value, str) and field.problem_with(value) is not None:
            problems.append(f"#/{field.name}: value does not match the schema")
    return problems


def _json_type(field: FormField) -> str:
    return "Integer" if field.kind == "number" else "String"


def _read_property(name: str, spec: dict[str, Any], required: bool) -> FormField:
    options = tuple(map(str, spec.get("enum", ())))
    return FormField(
        name=name,
        label=spec.get("title", name),
        description=spec.get("description", ""),
        kind=_kind(spec, options),
        required=required,
        pattern=spec.get("pattern", ""),
        minimum=spec.get("minimum"),
        maximum=spec.get("maximum"),
        options=options,
        default=str(spec.get("default", "")),
    )


def _kind(spec: dict[str, Any], options: tuple[str, ...]) -> str:
    if options:
        return "select"
    if spec.get("type") in ("integer", "number"):
        return "number"
    return "password" if spec.get("format") == "password" else "text"
