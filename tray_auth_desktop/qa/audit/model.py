"""What an audit is made of: steps, cases, findings and results, as they stand in files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.redaction import redact

Severity = Literal["problem", "note"]
Status = Literal["passed", "failed"]
#: What is looked at, in the order of the report.
CHECKS = ("load", "console", "mixed-content", "accessibility", "fit", "picture", "run", "clean-up")


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that a person does in a dialog; exactly one of the first five says what.

    Attributes:
        fill: Label of the field that `value` is typed into.
        choose: Label of the list, or of the group of boxes, that `value` is chosen in.
        click: What the button or link says.
        press: Name of a key.
        wait: A text to wait for.
        value: What is typed or chosen.
        value_from: The environment variable that holds it, for what must not stand in a file.
        in_popup: Whether it is done in the window that the dialog has opened.
    """

    fill: str = ""
    choose: str = ""
    click: str = ""
    press: str = ""
    wait: str = ""
    value: str = ""
    value_from: str = ""
    in_popup: bool = False

    def __repr__(self) -> str:
        """What is typed may be a secret."""
        return f"Step({self.deed!r}, {self.target!r})"

    @property
    def deeds(self) -> tuple[str, ...]:
        """The names of those of the first five that are given; one, if the step makes sense."""
        return tuple(name for name in ("fill", "choose", "click", "press", "wait") if getattr(self, name))

    @property
    def deed(self) -> str:
        """What is done."""
        return self.deeds[0]

    @property
    def target(self) -> str:
        """What it is done to."""
        return str(getattr(self, self.deed))


class Variation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What may be varied of how a dialog is shown, beside embedding, size and colours. None: not said.

    Attributes:
        language: What pages are asked for in, such as `de-DE`; empty for the system's.
        time_zone: Such as `Asia/Tokyo`; empty for the system's.
        user_agent: What the browser calls itself; empty for its own name.
        reduced_motion: Whether pages are asked to move little; it is so unless this is false.
        opener_origin: Origin of the page that opens the dialog; empty for the workspace's.
    """

    language: str | None = None
    time_zone: str | None = None
    user_agent: str | None = None
    reduced_motion: bool | None = None
    opener_origin: str | None = None

    def over(self, other: Variation) -> Variation:
        """Return this where it says something, and the other where it does not."""
        values = {name: getattr(self, name) for name in VARIED}
        return Variation(
            **{name: getattr(other, name) if value is None else value for name, value in values.items()}
        )

    def described(self) -> dict[str, str | bool]:
        """Return what is set, by name."""
        values = {name: getattr(self, name) for name in VARIED}
        return {name: value for name, value in values.items() if value not in (None, "")}


VARIED = tuple(field.name for field in msgspec.structs.fields(Variation))


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """One dialog of an audit, ready to be opened: names are looked up already.

    Attributes:
        id: Unlike that of any other case; the same in the next audit, as baseline pictures need it.
        steps: What leads to its end; without any, it is looked at and closed.
        variation: What else is varied of how it is shown.
        place: Where it stands in the plan, from 0.
        is_test_user: Whether its end user is one for tests.
    """

    id: str
    service: str
    service_id: str
    service_name: str
    environment: str
    environment_id: str
    user: str
    user_id: str
    embedding: str
    size: str
    color_scheme: str
    scopes: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    variation: Variation = Variation()
    place: int = 0
    is_test_user: bool = True

    @property
    def group(self) -> tuple[str, str, str]:
        """What cases have in common that must not run at the same time.

        What one dialog has made is told from the list of its end user by service and environment.
        """
        return self.user_id, self.service_id, self.environment_id

    @property
    def request(self) -> DialogRequest:
        """What the dialog is for."""
        return DialogRequest(
            self.user_id,
            self.service_id,
            self.environment_id,
            self.scopes,
            extra_parameters=self.parameters,
            service_name=self.service_name,
        )

    def described(self) -> dict[str, Any]:
        """Return what a result repeats of its case; values that look secret are masked."""
        names = ("id", "service", "environment", "user", "embedding", "size", "color_scheme", "scopes")
        pairs = [(name, redact(f"{name}={value}")) for name, value in self.parameters]
        return {
            **{name: getattr(self, name) for name in names},
            "presentation": self.variation.described(),
            "parameters": {name: shown.removeprefix(f"{name}=") for name, shown in pairs},
            "place": self.place,
        }


class Finding(msgspec.Struct, frozen=True):
    """Something that was found in a dialog.

    Attributes:
        check: What found it, of `CHECKS`.
        rule: Which rule of it, such as `color-contrast`.
        text: What it is, and where.
        severity: `problem` fails the case, `note` does not.
    """

    check: str
    rule: str
    text: str
    severity: Severity = "problem"


class Result(msgspec.Struct, frozen=True):
    """What became of one case.

    Attributes:
        presentation: What is varied of how it was shown, beside embedding, size and colours.
        parameters: Further pairs of the dialog's address, the stand-in's scenario among them.
        place: Where it stands in the plan, from 0.
        tries: How often it was opened; more than 1 where a try failed and was repeated.
        earlier: What the tries before the last one found.
        http_status: Of the dialog's page; 0 if it was never answered.
        loaded_ms: From the start of the attempt until the page was there, the API's part included.
        usable_ms: From the navigation until there was a control that can be used.
        outcome: How the attempt ended; empty where the dialog was only looked at.
        auth_id: The first of `left`.
        left: What it made that is still in the user's list.
        picture, baseline, difference: Files in the report's folder; empty where there is none.
        seconds: What the case took, all tries.
    """

    id: str
    service: str
    environment: str
    embedding: str
    size: str
    color_scheme: str
    status: Status
    findings: tuple[Finding, ...] = ()
    tries: int = 1
    earlier: tuple[Finding, ...] = ()
    http_status: int = 0
    loaded_ms: int = 0
    usable_ms: int = 0
    outcome: str = ""
    auth_id: str = ""
    picture: str = ""
    baseline: str = ""
    difference: str = ""
    seconds: float = 0.0
    left: tuple[str, ...] = ()
    user: str = ""
    scopes: tuple[str, ...] = ()
    presentation: dict[str, str | bool] = {}
    parameters: dict[str, str] = {}
    place: int = 0

    @property
    def varied(self) -> tuple[str, ...]:
        """In words, what tells this dialog from others of its service, environment, size and colours."""
        scopes = (f"scopes {' '.join(self.scopes)}",) if self.scopes else ()
        return (*in_words({**self.presentation, **self.parameters}), *scopes)


def in_words(values: Mapping[str, str | bool]) -> tuple[str, ...]:
    """Return what is varied, such as `language=de-DE`, `reduced_motion`, `reduced_motion=false`."""
    return tuple(
        name if value is True else f"{name}={'false' if value is False else value}"
        for name, value in values.items()
    )
