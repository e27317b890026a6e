"""What `create` is for, by ids or by names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tray_auth_desktop.cli import ids
from tray_auth_desktop.cli.dialog_options import extra_parameters
from tray_auth_desktop.cli.end_user import EndUserChoice
from tray_auth_desktop.cli.service_choice import ServiceChoice
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.app import Account
    from tray_auth_desktop.core.subject import Subject

#: Stands for the id of an end user or a service while that is being looked up.
_LATER = "(looked up)"


class CreateChoice(NamedTuple):
    """A request, and the names in it that are yet to be looked up.

    Attributes:
        end_user: Who it is for.
        draft: The request; with placeholders where something is looked up.
        service: The service by name; None if its ids are given, or none is needed.
        environment: The environment by title or id, with `service`; empty for the only one.
    """

    end_user: EndUserChoice
    draft: DialogRequest
    service: ServiceChoice | None = None
    environment: str = ""

    @classmethod
    def taken_from(cls, values: dict[str, Any]) -> CreateChoice:
        """Take the flags out of what click read.

        Raises:
            UsageError: too little is given, too much, or what cannot work.
        """
        end_user = EndUserChoice.taken_from(values)
        given = {name: values.pop(name) for name in (*_SOLUTION, *_BY_ID, *_BY_NAME)}
        scopes = tuple(dict.fromkeys(scope.strip() for scope in values.pop("scopes")))
        parts: dict[str, Any] = {
            "scopes": scopes,
            "extra_parameters": extra_parameters(values.pop("parameters")),
            "service_name": ids.optional(values.pop("service_name"), "service name"),
        }
        service, environment = None, ""
        if any(given[name] is not None for name in _SOLUTION):
            parts |= _solution(given, scopes)
        elif any(given[name] is not None for name in _BY_NAME):
            service, environment = _by_name(given)
            parts |= {"service_id": _LATER, "service_environment_id": _LATER}
        else:
            _require(given, _BY_ID)
            parts |= {name: ids.required(given[name], name.replace("_", " ")) for name in _BY_ID}
        return cls(end_user, request_of(end_user.user_id or _LATER, **parts), service, environment)

    @property
    def is_known(self) -> bool:
        """Whether nothing has to be looked up."""
        return bool(self.end_user.user_id) and self.service is None

    @property
    def user_id(self) -> str:
        """Tray's id of the end user, as far as it is known yet."""
        return self.end_user.user_id

    def request(self, account: Account) -> tuple[DialogRequest, Subject | None]:
        """Return the request, and the names that were looked up for it.

        Raises:
            UsageError: a name stands for nothing, or for several things.
            TrayAuthError: Tray could not be asked.
        """
        if self.is_known:
            return self.draft, None
        client = account.client()
        request = replace(self.draft, user_id=self.end_user.id_at(client))
        if self.service is None:
            return request, None
        from tray_auth_desktop.core.subject import Subject
        from tray_auth_desktop.lookup.services import environment_of

        _, service = self.service.found_by(client)
        environment = environment_of(client, service, self.environment)
        found = replace(
            request,
            service_id=service.service_id,
            service_environment_id=environment.service_environment_id,
            service_name=request.service_name or service.name,
        )
        return found, Subject(service=service.label, environment=environment.label)


_SOLUTION = ("solution_instance_id", "external_auth_id")
_BY_ID = ("service_id", "service_environment_id")
_BY_NAME = ("service", "service_version", "environment")


def request_of(user_id: str, **parts: Any) -> DialogRequest:
    """Return a request.

    Raises:
        UsageError: something in it cannot be used.
    """
    try:
        return DialogRequest(user_id, **parts)
    except ValueError as error:
        raise UsageError(f"The dialog cannot be asked for: {error}.") from error


def _solution(given: dict[str, str | None], scopes: tuple[str, ...]) -> dict[str, Any]:
    _require(given, _SOLUTION)
    others = [_flag(name) for name in (*_BY_ID, *_BY_NAME) if given[name] is not None]
    others += ["--scope"] if scopes else []
    if others:
        raise UsageError(
            f"The dialog of a solution instance takes no {', '.join(others)}: the solution says it all."
        )
    names = {name: ids.in_address(given[name] or "", name.replace("_", " ")) for name in _SOLUTION}
    return {"kind": DialogKind.SOLUTION, **names}


def _by_name(given: dict[str, str | None]) -> tuple[ServiceChoice, str]:
    others = [_flag(name) for name in _BY_ID if given[name] is not None]
    if others:
        raise UsageError(f"Give either --service and --environment, or {' and '.join(map(_flag, _BY_ID))}.")
    environment = ids.optional(given["environment"], "environment")
    return ServiceChoice.taken_from(dict(given)), environment


def _require(given: dict[str, str | None], names: tuple[str, ...]) -> None:
    missing = [_flag(name) for name in names if given[name] is None]
    if not missing:
        return
    advice = "Or name them: --service with --environment." if names is _BY_ID else ""
    raise UsageError(f"Missing: {' and '.join(missing)}.", advice=advice)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
