"""What of a plan cannot be used: said before anything is opened, with the key and what can stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.presentation import ColorScheme, Embedding, Presentation, parse_size
from tray_auth_desktop.qa.audit.model import VARIED, Step, Variation
from tray_auth_desktop.time_zones import check_time_zone

if TYPE_CHECKING:
    from tray_auth_desktop.qa.audit.plan import Plan, PlannedDialog

EMBEDDINGS = tuple(kind.value for kind in Embedding)
SCENARIO = "scenario"
_VALUED = ("fill", "choose")


class Fault(NamedTuple):
    """What is wrong, and at which key."""

    key: str
    why: str


def faults_of(plan: Plan) -> Iterator[Fault]:
    """Yield what cannot be used."""
    choices = {"embeddings": EMBEDDINGS, "color_schemes": tuple(scheme.value for scheme in ColorScheme)}
    for key, known in choices.items():
        for value in getattr(plan, key):
            if value not in known:
                yield Fault(key, f"{value!r} is none of {', '.join(known)}")
    for size in plan.sizes:
        yield from _refused("sizes", partial(_check_size, size))
    for key in (*choices, "sizes"):
        if not getattr(plan, key):
            yield Fault(key, "the list is empty; leave it out for all of them")
    yield from _of_variation(plan, "")
    for number, dialog in enumerate(plan.dialogs):
        yield from _of_dialog(dialog, f"dialogs[{number}].")


def _of_dialog(dialog: PlannedDialog, where: str) -> Iterator[Fault]:
    yield from _of_variation(dialog, where)
    if not dialog.service.strip():
        yield Fault(f"{where}service", "it is empty")
    yield from _refused(f"{where}scopes", partial(DialogRequest, "u", "s", "e", dialog.scopes))
    if dialog.scenario and SCENARIO in dialog.parameters:
        yield Fault(f"{where}parameters", "the scenario is said twice")
    for pair in dialog.parameters.items():
        check = partial(DialogRequest, "u", "s", "e", extra_parameters=(pair,))
        yield from _refused(f"{where}parameters", check)
    for place, step in enumerate(dialog.steps):
        if why := _wrong_with(step):
            yield Fault(f"{where}steps[{place}]", why)


def _of_variation(variation: Variation, where: str) -> Iterator[Fault]:
    for name in VARIED:
        value = getattr(variation, name)
        if value is not None:
            yield from _refused(f"{where}{name}", partial(Presentation, **{name: value}))
    yield from _refused(f"{where}time_zone", partial(check_time_zone, variation.time_zone or ""))


def _check_size(text: str) -> None:
    size = parse_size(text)
    try:
        Presentation(size=size)
    except ValueError as error:
        raise ValueError(f"{text!r}: {error}") from None


def _refused(key: str, check: Callable[[], object]) -> Iterator[Fault]:
    """Yield why a check refuses a value, if it does."""
    try:
        check()
    except ValueError as error:
        yield Fault(key, str(error).removesuffix("."))


def _wrong_with(step: Step) -> str:
    if len(step.deeds) != 1:
        return "a step has exactly one of fill, choose, click, press and wait"
    if step.value and step.value_from:
        return "a step has value or value_from, not both"
    if step.deed in _VALUED and not (step.value or step.value_from):
        return f"{step.deed} needs value, or value_from with the name of an environment variable"
    if step.deed not in _VALUED and (step.value or step.value_from):
        return f"{step.deed} takes no value"
    return _wrong_with_key(step.press) if step.press else ""


def _wrong_with_key(name: str) -> str:
    from tray_auth_desktop.dialog.page_input import key_called  # brings Qt: for plans that press keys

    try:
        key_called(name)
    except ValueError as error:
        return f"{error}; there are Enter, Tab, Escape, a, Shift+Tab and others"
    return ""
