"""What an integrator's back end asks of Tray, with the tokens that never reach a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

_QUERIES = Path(__file__).parent / "queries"


class Tray:
    """Calls the API for one end user.

    Args:
        environment: the variables by which a program finds Tray, or the stand-in of it.
        external_user_id: the end user, as this application knows them.
    """

    def __init__(self, environment: dict[str, str], external_user_id: str) -> None:
        self._environment = environment
        self._external_user_id = external_user_id
        self._http = httpx.Client(trust_env=False, timeout=60.0)

    @property
    def dialog_origin(self) -> str:
        """Return the origin that the dialog's pages and messages come from."""
        return self._environment["TRAY_DIALOG_URL"]

    def link(self, service: str, environment_of: str) -> str:
        """Return the address of a fresh dialog; its code opens one page."""
        service_id = self._newest(service)["service"]["id"]
        environment_id = self._environment_id(environment_of)
        code = self._ask("generate_code", userId=self._user_id())["generateAuthorizationCode"]
        query = urlencode(
            {
                "code": code["authorizationCode"],
                "serviceId": service_id,
                "serviceEnvironmentId": environment_id,
            }
        )
        embedded_id = self._environment["TRAY_EMBEDDED_ID"]
        return f"{self.dialog_origin}/external/auth/create/{embedded_id}?{query}"

    def authentications(self) -> list[dict[str, Any]]:
        """Return what the end user has."""
        token = self._ask("authorize", userId=self._user_id())["authorize"]["accessToken"]
        connection = self._ask("authentications", token)["viewer"]["authentications"]
        return [edge["node"] for edge in connection["edges"]]

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _user_id(self) -> str:
        found = self._ask("find_user", externalUserId=self._external_user_id)["users"]["edges"]
        user_id: str = found[0]["node"]["id"]
        return user_id

    def _newest(self, service: str) -> dict[str, Any]:
        named = [
            one
            for one in self._get("connectors")
            if one.get("service", {}).get("name") == service and "id" in one["service"]
        ]
        return max(named, key=lambda one: int(one["service"]["version"]))

    def _environment_id(self, service: str) -> str:
        version = self._newest(service)["service"]["version"]
        environment_id: str = self._get(f"services/{service}/versions/{version}/environments")[0]["id"]
        return environment_id

    def _get(self, path: str) -> list[dict[str, Any]]:
        address = f"{self._environment['TRAY_REST_URL']}/core/v1/{path}"
        answer = self._http.get(address, headers=self._signed(self._environment["TRAY_MASTER_TOKEN"]))
        elements: list[dict[str, Any]] = answer.raise_for_status().json()["elements"]
        return elements

    def _ask(self, query: str, token: str | None = None, **variables: str) -> dict[str, Any]:
        text = (_QUERIES / f"{query}.graphql").read_text(encoding="utf-8")
        answer = self._http.post(
            self._environment["TRAY_GRAPHQL_URL"],
            json={"query": text, "variables": variables},
            headers=self._signed(token or self._environment["TRAY_MASTER_TOKEN"]),
        )
        data: dict[str, Any] = answer.raise_for_status().json()["data"]
        return data

    @staticmethod
    def _signed(token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}"}
