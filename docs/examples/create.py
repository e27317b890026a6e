"""Collect one credential by launching tray-auth-desktop from a Python program.

    TRAY_MASTER_TOKEN=… TRAY_EMBEDDED_ID=… python create.py USER SERVICE ENVIRONMENT [SCOPE …]

Needs nothing but Python; on Windows `terminate` ends the program at once, without an answer.
"""

# ruff: noqa: T201, S603 - it prints its result, and launches a list of arguments without a shell

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

TIMEOUT_S = 300
#: More than the program itself takes after its time limit, to compare the lists.
GRACE_S = 30


def collect(
    user_id: str, service_id: str, environment_id: str, *scopes: str
) -> tuple[int, dict[str, object]]:
    """Open the dialog; return the exit code and the answer, which is empty after a usage error."""
    command = ["tray-auth-desktop", "create", "--json", "--timeout", str(TIMEOUT_S)]
    command += ["--user-id", user_id, "--service-id", service_id, "--service-environment-id", environment_id]
    for scope in scopes:
        command += ["--scope", scope]
    # The master token goes by the environment alone: a command line can be read by every process.
    environment = {**os.environ, "TRAY_MASTER_TOKEN": os.environ["TRAY_MASTER_TOKEN"]}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        # Whoever stops us stops the dialog: it ends as `closed`, unless the authId was captured already.
        signal.signal(signal.SIGTERM, lambda _number, _frame: program.terminate())
        try:
            out, _ = program.communicate(timeout=TIMEOUT_S + GRACE_S)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            program.terminate()
            out, _ = program.communicate()
    return program.returncode, json.loads(out) if out.strip() else {}


def main() -> int:
    """Print the authId; anything else is said on stderr."""
    if len(sys.argv) < 4:
        print("Usage: python create.py USER SERVICE ENVIRONMENT [SCOPE …]", file=sys.stderr)
        return 2
    code, answer = collect(*sys.argv[1:])
    if answer.get("outcome") == "captured":
        note = "" if answer["confirmed"] else " (not yet seen in the user's list)"
        print(f"authId {answer['auth_id']}{note}")
    else:
        # 2 usage, 3 closed, 4 failed, 5 timed out, 6 refused by the API, 7 network, 8 engine
        print(f"No authId, exit code {code}: {answer.get('message', 'see above')}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
