"""`tray-auth-desktop audit` as a person runs it: in a process of its own, against a stand-in of the test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.program_run import Ended, end
from tests.qa.conftest import environment
from tray_auth_desktop.standin import Fault, RecordedRequest, StandIn

pytestmark = [pytest.mark.program, pytest.mark.webengine]
TOKEN = "typed-credential-0001"
STEPS = """
steps = [
  { fill = "Account SID", value = "AC0123" },
  { fill = "Auth Token", value_from = "AUDIT_TOKEN" },
  { click = "Create" },
]
"""
PLAN = f"""
embeddings = ["popup", "iframe"]
sizes = ["500x500"]
color_schemes = ["light"]
[[dialogs]]
service = "twilio"
{STEPS}
"""
TWO_SERVICES = ("--service", "twilio", "--service", "trello", "--size", "500x500", "--no-pictures")
Run = Callable[..., Ended]
LIMIT_S = 500


@pytest.fixture
def tray() -> Iterator[StandIn]:
    """A stand-in that the program takes for a workspace of the person's."""
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
def start(tray: StandIn, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start the program in a folder of its own."""

    def start(*arguments: str, **variables: str | None) -> subprocess.Popen[str]:
        (tmp_path / "plan.toml").write_text(PLAN)
        wanted = {
            "QT_QPA_PLATFORM": "offscreen",
            "TRAY_CONFIG_DIR": str(tmp_path / "config"),
            "AUDIT_TOKEN": TOKEN,
            **tray.environment(),
            **variables,
        }
        command = [sys.executable, "-m", "tray_auth_desktop", "audit", *arguments]
        return subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment(**wanted),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    return start


@pytest.fixture
def run(start: Callable[..., subprocess.Popen[str]]) -> Run:
    """Run the program to its end."""
    return lambda *arguments, **variables: end(start(*arguments, **variables), LIMIT_S)


def document(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return found


def codes_of(tray: StandIn) -> int:
    """Return how many codes were asked for."""
    return sum(map(is_code, tray.requests))


def is_code(request: RecordedRequest) -> bool:
    return "generateAuthorizationCode" in request.operation


def is_page(request: RecordedRequest) -> bool:
    """Whether it is for the page that a dialog begins with."""
    return request.host == "dialog" and request.path.startswith("/external/auth/create/")


def test_dialogs_are_run_to_their_end_and_nothing_is_left(run: Run, tray: StandIn, tmp_path: Path) -> None:
    before = tray.dump()["authentications"]
    ended = run("--plan", "plan.toml", "--processes", "2")
    assert ended.code == 0, ended.err
    assert "2 dialogs audited: 2 passed, 0 failed." in ended.out
    results = document(tmp_path / "audit-report")["results"]
    assert [(one["embedding"], one["outcome"], one["auth_id"]) for one in results] == [
        ("popup", "captured", ""),
        ("iframe", "captured", ""),
    ]
    assert tray.dump()["authentications"] == before
    made = [one for one in tray.messages if "finish" in str(one).casefold()]
    assert len(made) == 2
    for name in ("report.html", "junit.xml", "results.jsonl"):
        assert (tmp_path / "audit-report" / name).stat().st_size > 0


def test_secrets_are_nowhere(run: Run, tray: StandIn, tmp_path: Path) -> None:
    ended = run("--plan", "plan.toml", "--embedding", "popup", "--log-level", "debug")
    assert ended.code == 0, ended.err
    files = [path for path in (tmp_path / "audit-report").rglob("*") if path.is_file()]
    everything = b"".join(path.read_bytes() for path in files) + (ended.out + ended.err).encode()
    for secret in (TOKEN, tray.master_token):
        assert secret.encode() not in everything


def test_what_was_made_is_kept_if_wanted(run: Run, tray: StandIn, tmp_path: Path) -> None:
    before = {one["id"] for one in tray.dump()["authentications"]}
    ended = run("--plan", "plan.toml", "--embedding", "popup", "--keep", "--no-pictures")
    (new,) = {one["id"] for one in tray.dump()["authentications"]} - before
    assert ended.code == 0, ended.err
    assert f"Left behind: {new}" in ended.out
    (result,) = document(tmp_path / "audit-report")["results"]
    assert result["auth_id"] == new
    assert not (tmp_path / "audit-report" / "pictures").exists()


def test_findings_end_with_4_and_tries_are_counted(run: Run, tray: StandIn, tmp_path: Path) -> None:
    arguments = ("--plan", "plan.toml", "--embedding", "popup", "--no-pictures", "--retries", "1")
    tray.faults.add(Fault(operation="generateAuthorizationCode", status=500, count=2))
    ended = run(*arguments)
    assert ended.code == 4
    assert "1 dialog audited: 0 passed, 1 failed." in ended.out
    assert "failed: twilio/Production/popup/500x500/light: load: " in ended.err
    tray.faults.add(Fault(operation="generateAuthorizationCode", status=500, count=1))
    ended = run(*arguments)
    assert ended.code == 0
    assert "1 took more than one try." in ended.out
    (result,) = document(tmp_path / "audit-report")["results"]
    assert (result["status"], result["tries"]) == ("passed", 2)
    assert result["earlier"][0]["check"] == "load"
    assert "2 tries" in (tmp_path / "audit-report" / "report.html").read_text("utf-8")


def test_an_audit_is_stopped_and_gone_on_with(
    start: Callable[..., subprocess.Popen[str]], run: Run, tray: StandIn, tmp_path: Path
) -> None:
    arguments = (*TWO_SERVICES, "--processes", "1")
    process = start(*arguments)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("[#"):  # some are done
            break
    os.killpg(process.pid, signal.SIGINT)  # a terminal tells all processes of the audit
    ended = end(process, LIMIT_S)
    report = document(tmp_path / "audit-report")
    done = len(report["results"])
    assert ended.code == 3, ended.err
    assert 0 < done < 8
    assert f"{done} passed, 0 failed. The audit of 8 was stopped; --resume goes on." in ended.out
    assert "the audit was stopped" in (tmp_path / "audit-report" / "report.html").read_text("utf-8")
    assert codes_of(tray) == done

    ended = run(*arguments, "--resume")
    assert ended.code == 0, ended.err
    assert f"8 dialogs, {done} of them done already." in ended.err
    assert codes_of(tray) == 8
    assert len(document(tmp_path / "audit-report")["results"]) == 8


def test_told_twice_to_stop_it_ends_at_once_with_a_report(
    start: Callable[..., subprocess.Popen[str]], tray: StandIn, tmp_path: Path
) -> None:
    tray.scenarios.choose({"trello": "endless-load"})
    process = start(*TWO_SERVICES, "--timeout", "400")
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("[#"):
            break
    os.killpg(process.pid, signal.SIGINT)
    for line in process.stderr:
        if "Ctrl-C again" in line:
            break
    os.killpg(process.pid, signal.SIGINT)
    ended = end(process, LIMIT_S)
    assert ended.code == 3, ended.err
    assert 0 < len(document(tmp_path / "audit-report")["results"]) < 8


def test_shards_are_audited_apart_and_merged(run: Run, tmp_path: Path) -> None:
    arguments = (
        "--service",
        "twilio",
        "--service",
        "trello",
        "--no-pictures",
        "--size",
        "375x667",
        "--scheme",
        "dark",
    )
    for number in (1, 2):
        assert run(*arguments, "--shard", f"{number}/2", "--output", f"part-{number}").code == 0
    ended = run("merge", "part-1", "--output", "half")
    assert ended.code == 3, ended.err
    assert "Missing: the report of 2/2. Merge it too." in ended.out
    assert "1 part missing: 2/2" in (tmp_path / "half" / "report.html").read_text("utf-8")
    ended = run("merge", "part-2", "part-1", "--output", "whole")
    assert ended.code == 0, ended.err
    assert "4 dialogs audited: 4 passed, 0 failed." in ended.out
    assert [one["id"] for one in document(tmp_path / "whole")["results"]] == [
        f"{service}/Production/{embedding}/375x667/dark"
        for service in ("twilio", "trello")
        for embedding in ("popup", "iframe")
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--plan", "none.toml"), "does not exist"),
        (("--service", "nothing"), "There is no service 'nothing'"),
        (("--plan", "plan.toml", "--service", "twilio"), "leave --service and --environment out"),
        (("--environment", "Production"), "--environment goes with the --service"),
        (("--size", "big"), "The flags, at sizes: 'big' is no size"),
        (("--size", "50x50"), "The flags, at sizes: '50x50': The size must be between 100 and 8000"),
        (("--language", "?"), "The flags, at language: '?' is no language"),
        (("--time-zone", "Mars"), "The flags, at time_zone: 'Mars' is no time zone"),
        (("--opener-origin", "example"), "example"),
        (("--baseline", "none"), "The folder of --baseline, none, does not exist."),
        (("--shard", "6/5"), "is no shard"),
        (("--processes", "many"), "it can be a number up to 64, or auto"),
        (("--update-baseline",), "--update-baseline needs --baseline"),
        (("--service", "twilio", "--user", "ext-1001"), "is no test user"),
        (("merge",), "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("variables", "code"),
    [({"TRAY_MASTER_TOKEN": "of-nobody"}, 6), ({"TRAY_GRAPHQL_URL": "http://127.0.0.1:9/graphql"}, 7)],
)
def test_an_audit_that_tray_refuses_or_that_does_not_reach_it(
    run: Run, tray: StandIn, tmp_path: Path, variables: dict[str, str], code: int
) -> None:
    ended = run("--service", "twilio", **variables)
    assert ended.code == code, ended.err
    assert "Traceback" not in ended.err
    assert codes_of(tray) == 0
    assert not (tmp_path / "audit-report").exists()


def test_the_plan_says_where_it_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[[dialogs]]\nservice = 'twilio'\nsteps = [{ clck = 'Create' }]")
    ended = run("--plan", "bad.toml")
    assert ended.code == 2
    assert "The plan bad.toml, at dialogs[0].steps[0]: Object contains unknown field `clck`" in ended.err
