"""What is typed and pressed in the stand-in's dialogs: it takes any credential of the right form."""

from __future__ import annotations

from functools import cache

import msgspec

from tray_auth_desktop import assets
from tray_auth_desktop.core.models import Service, ServiceEnvironment
from tray_auth_desktop.qa.audit.model import Step

_OAUTH = "oauth2"


class _Service(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a service's form asks for, label → what is typed; and what is chosen."""

    fill: dict[str, str] = {}
    choose: dict[str, str] = {}


def steps_on_stand_in(service: Service, environment: ServiceEnvironment) -> tuple[Step, ...]:
    """Return what leads to the end of a dialog of the stand-in; nothing for a service that is not known."""
    form = _services().get(service.name)
    if environment.authentication_type == _OAUTH:
        return (*_steps(form or _Service()), *_consent(service.label))
    return (*_steps(form), Step(click="Create")) if form is not None else ()


def _steps(form: _Service) -> tuple[Step, ...]:
    typed = [Step(fill=label, value=value) for label, value in form.fill.items()]
    return (*typed, *(Step(choose=label, value=value) for label, value in form.choose.items()))


def _consent(service: str) -> tuple[Step, ...]:
    return (
        Step(click=f"Continue to {service}"),
        Step(fill="E-mail", value="audit@example.com", in_popup=True),
        Step(fill="Password", value="not-a-real-password", in_popup=True),
        Step(click="Sign in", in_popup=True),
        Step(click="Allow", in_popup=True),
    )


@cache
def _services() -> dict[str, _Service]:
    return msgspec.json.decode(assets.read_text("qa/stand_in_forms.json"), type=dict[str, _Service])
