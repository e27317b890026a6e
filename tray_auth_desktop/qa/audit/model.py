"""What an audit is made of: steps, cases, findings and results, as they stand in files."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

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


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """One dialog of an audit, ready to be opened: names are looked up already.

    Attributes:
        id: Unlike that of any other case; the same in the next audit, as baseline pictures need it.
        steps: What leads to its end; without any, it is looked at and closed.
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

    def described(self) -> dict[str, Any]:
        """Return what a result repeats of its case."""
        names = ("id", "service", "environment", "embedding", "size", "color_scheme")
        return {name: getattr(self, name) for name in names}


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
        tries: How often it was opened; more than 1 where a try failed and was repeated.
        earlier: What the tries before the last one found.
        http_status: Of the dialog's page; 0 if it was never answered.
        loaded_ms: From the start of the attempt until the page was there, the API's part included.
        usable_ms: From the navigation until there was a control that can be used.
        outcome: How the attempt ended; empty where the dialog was only looked at.
        auth_id: What was captured, if it has not been deleted.
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
