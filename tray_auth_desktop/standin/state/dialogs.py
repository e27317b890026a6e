"""The auth-only dialog: which page a link opens, and what a person can do on it.

A page is bound to the end user of the code that opened it. Its token, known to that page alone,
is all that its script needs, so the dialog works without cookies, inside an iframe too.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from tray_auth_desktop.standin.state.authentications import Authentication, AuthenticationStore, Progress
from tray_auth_desktop.standin.state.catalogue import Catalogue, Place
from tray_auth_desktop.standin.state.dialog_page import DialogLink, DialogPage
from tray_auth_desktop.standin.state.form_fields import check_fields, check_name, fields_of
from tray_auth_desktop.standin.state.refusals import DialogRefusedError, FormError, PreconditionError
from tray_auth_desktop.standin.state.scenario_book import ScenarioBook
from tray_auth_desktop.standin.state.scenarios import UnknownScenarioError
from tray_auth_desktop.standin.state.seed import SolutionSlot
from tray_auth_desktop.standin.state.stable_id import new_secret
from tray_auth_desktop.standin.state.tokens import TokenDesk
from tray_auth_desktop.standin.state.users import EndUser, UserDirectory

_PAGE_TOKEN_DIGITS = 64


class DialogDesk:
    """Opens pages and carries out what is done on them."""

    def __init__(
        self,
        embedded_id: str,
        catalogue: Catalogue,
        users: UserDirectory,
        authentications: AuthenticationStore,
        tokens: TokenDesk,
        slots: list[SolutionSlot],
        scenarios: ScenarioBook,
        clock: Callable[[], float],
    ) -> None:
        self._embedded_id = embedded_id
        self._catalogue = catalogue
        self._users = users
        self._authentications = authentications
        self._tokens = tokens
        self._scenarios = scenarios
        self._clock = clock
        self.solution_slots = slots
        self._pages: dict[str, DialogPage] = {}

    def pages(self) -> tuple[DialogPage, ...]:
        """Return every page that was opened, oldest first."""
        return tuple(self._pages.values())

    def page(self, token: str) -> DialogPage | None:
        """Return the page that holds that token; None too when its end user has been removed."""
        page = self._pages.get(token)
        return page if page is not None and page.user.id in self._users else None

    def open_by_service(self, link: DialogLink) -> DialogPage:
        """Open the page that creates an authentication for a service.

        Raises:
            DialogRefusedError: the address is incomplete, or its parts do not belong together.
        """
        user = self._redeem(link)
        if not link.service_id or not link.environment_id:
            raise DialogRefusedError(
                400,
                "This link is incomplete",
                "The address must name a serviceId and a serviceEnvironmentId.",
            )
        return self._open(user, self._place_of(link), link.scopes, link)

    def open_by_solution(self, link: DialogLink, instance_id: str, external_auth_id: str) -> DialogPage:
        """Open the page for one authentication of a solution instance; refused as `open_by_service` is."""
        user = self._redeem(link)
        for slot in self.solution_slots:
            if (slot.instance_id, slot.external_auth_id, slot.owner) == (
                instance_id,
                external_auth_id,
                user.id,
            ):
                return self._open(user, slot.place, link.scopes or slot.scopes, link)
        raise DialogRefusedError(
            404,
            "Nothing to connect here",
            "This end user has no such solution instance, or it has no such authentication.",
        )

    def open_to_edit(self, link: DialogLink, auth_id: str) -> DialogPage:
        """Open the page that edits an authentication; refused as `open_by_service` is."""
        user = self._redeem(link)
        authentication = self._to_edit(auth_id, user)
        page = self._open(user, authentication.place, authentication.scopes, link)
        page.editing = authentication
        return page

    def existing(self, page: DialogPage) -> tuple[Authentication, ...]:
        """Return the authentications a person may choose instead of making a new one."""
        owned = self._authentications.of(page.user.id)
        return tuple(a for a in owned if a.place.environment.id == page.place.environment.id)

    def submit(
        self, page: DialogPage, name: str, values: dict[str, str], scopes: tuple[str, ...]
    ) -> Authentication | None:
        """Make the authentication that the form describes; an OAuth one is only half made by this.

        Returns:
            None where the scenario has nothing made.

        Raises:
            FormError: some fields must be corrected first.
            DialogRefusedError: the page has made its authentication already.
            ServiceFailedError: the scenario has it so.
        """
        environment = page.place.environment
        problems = check_name(name) | check_fields(fields_of(environment), values)
        if problems:
            raise FormError(problems)
        if page.editing is not None or (page.made is not None and page.made.progress is Progress.COMPLETE):
            raise DialogRefusedError(
                409, "Already done", "This window has done its work. Ask for a new link."
            )
        if not page.goes_on({"name": name} | {f"field.{key}": value for key, value in values.items()}):
            return None
        existing = self.existing(page) if page.scenario.makes == "existing" else ()
        if existing:
            page.made = existing[0]
            return existing[0]
        return self._make(page, name.strip(), scopes)

    def rename(self, page: DialogPage, name: str) -> Authentication | None:
        """Give the authentication that the page edits another name; ends as `submit` does."""
        problems = check_name(name)
        if problems:
            raise FormError(problems)
        if page.editing is None:
            raise DialogRefusedError(409, "Nothing to edit", "This window does not edit an authentication.")
        edited = self._to_edit(page.editing.id, page.user)
        if not page.goes_on({"name": name}):
            return None
        edited.name = name.strip()
        return edited

    def choose(self, page: DialogPage, auth_id: str) -> Authentication | None:
        """Return the existing authentication a person chose; ends as `submit` does.

        Raises:
            FormError: it cannot be chosen on this page.
        """
        for authentication in self.existing(page):
            if authentication.id == auth_id:
                return authentication if page.goes_on({}) else None
        raise FormError({"existing": "Choose one of the authentications in the list."})

    def progress(self, page: DialogPage) -> Authentication | None:
        """Return what the page has made so far.

        Raises:
            ServiceFailedError: signing in ended with that; it is raised once.
        """
        failed, page.failed = page.failed, None
        if failed is not None:
            raise failed
        return page.made

    def forget_solutions_of(self, user_id: str) -> None:
        """Drop the solution instances of an end user."""
        self.solution_slots = [slot for slot in self.solution_slots if slot.owner != user_id]

    def _to_edit(self, auth_id: str, user: EndUser) -> Authentication:
        try:
            return self._authentications.get(auth_id, user.id)
        except PreconditionError as error:
            raise DialogRefusedError(
                404, "Authentication not found", "This end user has no authentication with that id."
            ) from error

    def _redeem(self, link: DialogLink) -> EndUser:
        if link.embedded_id != self._embedded_id:
            raise DialogRefusedError(
                404, "Unknown Embedded ID", "The address names an Embedded ID that does not exist here."
            )
        if not link.code:
            raise DialogRefusedError(
                400, "This link is incomplete", "The address must carry an authorization code."
            )
        if link.target_origin and not _is_origin(link.target_origin):
            raise DialogRefusedError(
                400,
                "This link is not valid",
                "Its targetOrigin must be an origin, as in https://app.example.",
            )
        return self._users.get(self._tokens.redeem_code(link.code))

    def _place_of(self, link: DialogLink) -> Place:
        if self._catalogue.service_by_id(link.service_id) is None:
            raise DialogRefusedError(404, "Unknown service", "There is no service with that serviceId.")
        place = self._catalogue.place(link.environment_id)
        if place is None or place.service.id != link.service_id:
            raise DialogRefusedError(
                400,
                "Service and environment do not match",
                "The serviceEnvironmentId does not belong to the service of this serviceId.",
            )
        return place

    def _make(self, page: DialogPage, name: str, scopes: tuple[str, ...]) -> Authentication:
        if page.made is None:
            page.made = self._authentications.create(page.user.id, "", page.place, progress=Progress.PENDING)
        page.made.name, page.made.scopes = name, scopes
        if not page.place.environment.is_oauth:
            page.complete(page.made, self._clock())
        return page.made

    def _open(self, user: EndUser, place: Place, scopes: tuple[str, ...], link: DialogLink) -> DialogPage:
        try:
            scenario = self._scenarios.scenario_for(place.service.name, link.scenario)
        except UnknownScenarioError as error:
            raise DialogRefusedError(400, "Unknown scenario", f"In this address, {error}.") from error
        number = len(self._pages) + 1
        page = DialogPage(new_secret(_PAGE_TOKEN_DIGITS), number, user, place, scopes, link, scenario)
        self._pages[page.token] = page
        return page


def _is_origin(text: str) -> bool:
    try:
        read = urlsplit(text)
    except ValueError:
        return False
    return (
        read.scheme in ("http", "https") and text == f"{read.scheme}://{read.netloc}" and bool(read.hostname)
    )
