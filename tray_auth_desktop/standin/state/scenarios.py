"""The ways a dialog can go, as data (`resources/standin/scenarios.json`), and what each makes a page do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

import msgspec

from tray_auth_desktop import assets
from tray_auth_desktop.standin.state.refusals import FormError

HAPPY = "happy"
# Phones begin with a capital letter, and put a space behind what they complete.
_TYPED = re.compile(r"\s*scenario\s*:\s*(?P<name>.*?)\s*", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"(?P<name>[a-z-]+)(?::(?P<number>\d{1,3}(?:\.\d)?)(?P<unit>s|requests))?")


class Step(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing a dialog page does at its end.

    Attributes:
        do: `post` a message to whoever opened the page, `close` the window, `leave` for a page of the third
            party that posts the message, or `mark` the page with an instruction for whoever drives it.
        target: `any` origin, or the `exact` one of the page that opened the dialog.
    """

    do: Literal["post", "close", "leave", "mark"]
    message: dict[str, Any] = {}
    target: Literal["any", "exact"] = "any"
    mark: str = ""


_FINISH = {"type": "tray.authpopup.finish", "authType": "$authType", "authId": "$authId"}
_ERROR = {"type": "tray.authPopup.error", "error": "$error"}


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way a dialog goes.

    Attributes:
        acts: the part of a dialog that is unlike the ordinary one.
        makes: what pressing the button makes.
        steps: what the page does at its end.
        failures: how many times pressing the button fails.
        failure_steps: what the page does each time.
        headers: of the dialog's page, beside the ordinary ones.
        is_framed: the dialog's page may be shown in a frame.
        delay_s: how long the dialog host waits before each answer.
        lag_s: how long lists leave out what was made.
        lag_lists: how many lists leave it out.
        amounts: the unit that may follow the name → the attribute it sets.
    """

    name: str
    summary: str
    acts: Literal["opening", "submitting", "signing in", "ending", "listing", "throughout"]
    makes: Literal["new", "existing", "nothing"] = "new"
    steps: tuple[Step, ...] = (Step("post", _FINISH), Step("close"))
    failures: int = 0
    failure_steps: tuple[Step, ...] = (Step("post", _ERROR),)
    denies_consent: bool = False
    headers: dict[str, str] = {}
    is_framed: bool = True
    is_endless: bool = False
    delay_s: float = 0
    lag_s: float = 0
    lag_lists: int = 0
    amounts: dict[str, str] = {}


class UnknownScenarioError(ValueError):
    """No scenario has that name, or it takes no such amount."""


@cache
def scenarios() -> dict[str, Scenario]:
    """Return every scenario by its name."""
    read = msgspec.json.decode(assets.read_text("standin/scenarios.json"), type=list[Scenario])
    return {scenario.name: scenario for scenario in read}


def scenario_named(text: str) -> Scenario:
    """Return a scenario by its name, which an amount may follow: `slow:4s`, `list-lag:3requests`.

    Raises:
        UnknownScenarioError: there is none.
    """
    read = _NAME.fullmatch(text)
    scenario = scenarios().get(read["name"]) if read else None
    if read is None or scenario is None:
        raise UnknownScenarioError(f"there is no scenario {text!r}; there are {', '.join(scenarios())}")
    if not read["unit"]:
        return scenario
    if read["unit"] not in scenario.amounts:
        raise UnknownScenarioError(f"the scenario {scenario.name} takes no amount of {read['unit']}")
    amounts: dict[str, Any] = dict.fromkeys(scenario.amounts.values(), 0)
    amounts[scenario.amounts[read["unit"]]] = float(read["number"])
    return msgspec.structs.replace(scenario, name=text, **amounts)


def typed_scenario(typed: Mapping[str, str]) -> Scenario | None:
    """Return the scenario that one of some typed texts names; capitals and spaces around it do not matter.

    Args:
        typed: name of the field → text.

    Raises:
        FormError: it names none that can be typed.
    """
    for field, text in typed.items():
        if read := _TYPED.fullmatch(text):
            try:
                scenario = scenario_named(read["name"].lower())
            except UnknownScenarioError as error:
                said = str(error)
                raise FormError({field: f"{said[0].upper()}{said[1:]}."}) from None
            if scenario.acts == "opening":
                raise FormError({field: "That scenario acts when the dialog opens: choose it before."})
            return scenario
    return None


def filled(steps: tuple[Step, ...], **values: str) -> list[Step]:
    """Return steps whose messages hold the values that `$` names in them."""
    return [
        msgspec.structs.replace(
            step, message={name: _filled(value, values) for name, value in step.message.items()}
        )
        for step in steps
    ]


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    return values[value[1:]] if isinstance(value, str) and value.startswith("$") else value
