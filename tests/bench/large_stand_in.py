"""A stand-in with more of everything than a person ever has: a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from types import TracebackType
from typing import Self

_FREE_PORTS = ("--api-port", "0", "--dialog-port", "0", "--provider-port", "0")
_SIZE = ("--authentications", "100000", "--users", "20000", "--services", "1000")


class LargeStandIn:
    """Starts `tray-auth-desktop standin` with a seed of that size.

    Attributes:
        given: What a measured process reads: addresses, master token, and the end user who has so many.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tray_auth_desktop", "standin", "--json", *_FREE_PORTS, *_SIZE],
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self._process.stdout.readline() if self._process.stdout is not None else ""
        served = json.loads(line)
        addresses = {name: served[name] for name in ("graphql_url", "rest_url", "dialog_url")}
        self.given = json.dumps(
            {
                **addresses,
                "master_token": served["environment"]["TRAY_MASTER_TOKEN"],
                "user_id": served["big_user_id"],
            }
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=10)
