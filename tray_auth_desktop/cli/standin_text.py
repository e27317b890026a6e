"""What `standin` prints when it serves."""

from __future__ import annotations

import shlex
from typing import Any


def addresses(service: Any) -> dict[str, object]:
    """Return where a stand-in listens and how to use it, as `--json` prints it."""
    return {
        "graphql_url": service.graphql_url,
        "rest_url": service.rest_url,
        "dialog_url": service.dialog_url,
        "provider_url": service.provider_url,
        "control_url": service.control_url,
        "environment": service.environment(),
        "big_user_id": service.big_user_id,
    }


def text(service: Any) -> str:
    """Return the same for people, fit to be pasted into a shell."""
    exports = [f"export {name}={shlex.quote(value)}" for name, value in service.environment().items()]
    lines = [
        "# Stand-in for Tray, on this computer only. Ctrl-C ends it; it keeps nothing.",
        f"#   API        {service.graphql_url} and {service.rest_url}/core/v1",
        f"#   dialog     {service.dialog_url}",
        f"#   provider   {service.provider_url}",
    ]
    if service.control_url:
        lines.append(f"#   control    {service.control_url}/ for people, /openapi.json there for programs")
    if service.big_user_id:
        lines.append(f"#   end user with the many authentications  {service.big_user_id}")
    return "\n".join([*lines, "# To use it from another terminal:", *exports])
