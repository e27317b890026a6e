"""What is audited: plans, the cases that they become, and the parts that they are done in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.core.services import families_of
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.audit.model import Case, Step
from tray_auth_desktop.qa.audit.plan import Plan, PlannedDialog, read_plan
from tray_auth_desktop.qa.audit.resolving import Resolver
from tray_auth_desktop.qa.audit.running import parse_shard, shard_of
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn

TEST_USER = "Rosa Delgado"


@pytest.fixture
def client(stand_in: StandIn) -> Iterator[TrayClient]:
    hosts = Hosts(stand_in.graphql_url, stand_in.rest_url, stand_in.dialog_url)
    made = TrayClient(hosts, Secret(stand_in.master_token))
    yield made
    made.close()


def resolved(client: TrayClient, plan: Plan, **more: Any) -> tuple[Case, ...]:
    options: dict[str, Any] = {"may_use_anybody": False, "is_stand_in": True, **more}
    return Resolver(client, **options).cases(plan)


def one(*dialogs: PlannedDialog, user: str = "") -> Plan:
    return Plan(("popup",), ("500x500",), ("light",), user, dialogs)


def test_without_a_plan_everything_is_audited_in_every_way(client: TrayClient, stand_in: StandIn) -> None:
    cases = resolved(client, Plan())
    newest = {family.newest.service_id for family in families_of(client.connectors())}
    places = [one.environment.id for one in stand_in.state.catalogue.places if one.service.id in newest]
    assert sorted({case.environment_id for case in cases}) == sorted(places)
    assert len(cases) == len(places) * 2 * 3 * 2 == len({case.id for case in cases})
    assert {case.embedding for case in cases} == {"popup", "iframe"}
    assert {case.size for case in cases} == {"500x500", "375x667", "1280x800"}
    assert {case.color_scheme for case in cases} == {"light", "dark"}


def test_the_ids_are_the_same_in_each_audit(client: TrayClient) -> None:
    assert [case.id for case in resolved(client, Plan())] == [case.id for case in resolved(client, Plan())]


def test_on_the_stand_in_every_service_is_run_to_its_end(client: TrayClient) -> None:
    cases = resolved(client, one())
    assert [case.id for case in cases if not case.steps] == []
    assert [case.id for case in resolved(client, one(), is_stand_in=False) if case.steps] == []


def test_a_plan_names_services_environments_users_scopes_and_steps(client: TrayClient) -> None:
    planned = PlannedDialog(
        "Slack",
        "Production",
        scopes=("chat:write",),
        scenario="slow:1s",
        parameters={"skipTitleField": "true"},
        steps=(Step(click="Continue"),),
    )
    (case,) = resolved(client, one(planned, user=TEST_USER))
    assert case.id == "slack/Production/slow:1s/popup/500x500/light"
    assert case.scopes == ("chat:write",)
    assert case.parameters == (("scenario", "slow:1s"), ("skipTitleField", "true"))
    assert case.steps == (Step(click="Continue"),)


def test_the_same_dialog_twice_has_two_ids(client: TrayClient) -> None:
    cases = resolved(client, one(PlannedDialog("twilio"), PlannedDialog("twilio", scopes=("x",))))
    assert [case.id for case in cases] == [
        "twilio/Production/popup/500x500/light",
        "twilio/Production/popup/500x500/light#2",
    ]


def test_only_test_users_unless_others_are_allowed(client: TrayClient) -> None:
    with pytest.raises(UsageError, match="'Ava Lindqvist' is no test user") as caught:
        resolved(client, one(PlannedDialog("twilio"), user="ext-1001"))
    assert "--any-user" in caught.value.advice
    (case,) = resolved(client, one(PlannedDialog("twilio"), user="ext-1001"), may_use_anybody=True)
    assert case.user == "Ava Lindqvist"


def test_a_variable_that_is_missing_is_said_before_anything_is_opened(
    client: TrayClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Step(fill="Auth Token", value_from="AUDIT_TOKEN")
    monkeypatch.delenv("AUDIT_TOKEN", raising=False)
    with pytest.raises(UsageError, match="AUDIT_TOKEN, which the plan names for twilio, is not set"):
        resolved(client, one(PlannedDialog("twilio", steps=(step,))))
    monkeypatch.setenv("AUDIT_TOKEN", "secret-value")
    (case,) = resolved(client, one(PlannedDialog("twilio", steps=(step,))))
    assert "secret-value" not in repr(case)
    assert "secret" not in repr(Step(fill="Token", value="secret"))


GOOD = """
sizes = ["500x500"]
user = "ext-1005"
[[dialogs]]
service = "twilio"
steps = [
  { fill = "Account SID", value = "AC0" },
  { fill = "Auth Token", value_from = "TOKEN" },
  { click = "Create" },
]
"""


def test_a_plan_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(GOOD)
    plan = read_plan(path)
    assert plan.sizes == ("500x500",)
    assert plan.embeddings == ("popup", "iframe")
    assert [step.deed for step in plan.dialogs[0].steps] == ["fill", "fill", "click"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sizes = [", "is no TOML"),
        ("\n\nsize = = 1", "at line 3"),
        ("size = ['1x1']", "at top of the file: Object contains unknown field `size`"),
        ("sizes = ['500']", "at sizes: '500' is no size"),
        ("sizes = []", "at sizes: the list is empty"),
        ("embeddings = ['tab']", "at embeddings: 'tab' is none of popup, iframe"),
        ("color_schemes = ['pink']", "at color_schemes: 'pink' is none of"),
        ("[[dialogs]]\nservice = 7", "at dialogs[0].service: Expected `str`, got `int`"),
        ("[[dialogs]]\nenvironment = 'x'", "at dialogs[0]: Object missing required field `service`"),
        ("[[dialogs]]\nservice = 'x'\nsteps = [{}]", "at dialogs[0].steps[0]: a step has exactly one of"),
        (
            "[[dialogs]]\nservice = 'x'\nsteps = [{fill = 'a', click = 'b'}]",
            "at dialogs[0].steps[0]: a step has exactly one of",
        ),
        ("[[dialogs]]\nservice = 'x'\nsteps = [{fill = 'a'}]", "steps[0]: fill needs value, or value_from"),
        (
            "[[dialogs]]\nservice = 'x'\nsteps = [{fill = 'a', value = 'b', value_from = 'C'}]",
            "value or value_from, not both",
        ),
        ("[[dialogs]]\nservice = 'x'\nsteps = [{click = 'a', value = 'b'}]", "click takes no value"),
        ("[[dialogs]]\nservice = 'x'\nsteps = [{press = 'Entr'}]", "steps[0]: there is no key called 'Entr'"),
        ("sizes = ['50x50']", "at sizes: '50x50': The size must be between 100 and 8000"),
        ("sizes = ['9999x9999']", "at sizes: '9999x9999': The size must be between 100 and 8000"),
        ("language = 'german!'", "at language: 'german!' is no language"),
        ("time_zone = 'Mars/Base'", "at time_zone: 'Mars/Base' is no time zone of the IANA database"),
        ('user_agent = "a\\nb"', "at user_agent: The user agent must not hold control characters"),
        ("opener_origin = 'example'", "at opener_origin: The opener origin 'example' is no web origin"),
        ("reduced_motion = 'yes'", "at reduced_motion: Expected `bool | null`, got `str`"),
        ("[[dialogs]]\nservice = 'x'\nlanguage = '7'", "at dialogs[0].language: '7' is no language"),
        ("[[dialogs]]\nservice = 'x'\ntime_zone = 'X'", "at dialogs[0].time_zone: 'X' is no time zone"),
        ("[[dialogs]]\nservice = ''", "at dialogs[0].service: it is empty"),
        ("[[dialogs]]\nservice = 'x'\nscopes = ['']", "at dialogs[0].scopes: a scope is empty"),
        (
            "[[dialogs]]\nservice = 'x'\nparameters = {code = 'x'}",
            "at dialogs[0].parameters: the extra parameter 'code' is one that the program itself sets",
        ),
        (
            "[[dialogs]]\nservice = 'x'\nscenario = 'slow'\nparameters = {scenario = 'slow'}",
            "at dialogs[0].parameters: the scenario is said twice",
        ),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        read_plan(path)
    assert f"The plan {path}" in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("dialog", "said"),
    [
        ({"service": "nothing"}, "dialogs[1].service: There is no service 'nothing'."),
        ({"environment": "Mars"}, "dialogs[1].environment: The service Twilio, version "),
        ({"user": "nobody"}, "dialogs[1].user: "),
        ({"user": "ext-1001"}, "dialogs[1].user: The end user 'Ava Lindqvist' is no test user."),
        ({"scenario": "happpy"}, "dialogs[1].scenario: there is no scenario 'happpy'; there are "),
        (
            {"steps": (Step(fill="a", value_from="AUDIT_NOT_SET"),)},
            "dialogs[1].steps[0]: The environment variable AUDIT_NOT_SET",
        ),
    ],
)
def test_what_a_plan_names_in_vain_is_said_with_its_place(
    client: TrayClient, dialog: dict[str, Any], said: str
) -> None:
    plan = one(PlannedDialog("twilio"), PlannedDialog(**{"service": "twilio", **dialog}))
    with pytest.raises(UsageError) as caught:
        resolved(client, plan, named="The plan audit.toml")
    assert str(caught.value).startswith(f"The plan audit.toml, at {said}")
    with pytest.raises(UsageError) as caught:
        resolved(client, plan)
    assert "audit.toml" not in str(caught.value)


def test_the_user_of_a_flag_is_no_mistake_of_the_plan(client: TrayClient) -> None:
    with pytest.raises(UsageError, match=r"^The plan p, at user: "):
        resolved(client, one(PlannedDialog("twilio"), user="nobody"), named="The plan p")
    with pytest.raises(UsageError) as caught:
        resolved(client, one(PlannedDialog("twilio")), named="The plan p", user="nobody")
    assert "The plan p" not in str(caught.value)


def test_how_dialogs_are_shown_is_said_for_all_and_for_single_ones(
    client: TrayClient, tmp_path: Path
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        "embeddings = ['popup']\nsizes = ['500x500']\ncolor_schemes = ['dark']\n"
        "language = 'de-DE'\ntime_zone = 'Europe/Berlin'\nreduced_motion = true\n"
        "[[dialogs]]\nservice = 'twilio'\n"
        "[[dialogs]]\nservice = 'twilio'\nlanguage = 'ja'\ntime_zone = ''\nreduced_motion = false\n"
        "user_agent = 'Agent/1'\nopener_origin = 'https://app.example.com'"
    )
    first, second = resolved(client, read_plan(path))
    assert first.described()["presentation"] == {
        "language": "de-DE",
        "time_zone": "Europe/Berlin",
        "reduced_motion": True,
    }
    assert second.described()["presentation"] == {
        "language": "ja",
        "user_agent": "Agent/1",
        "reduced_motion": False,
        "opener_origin": "https://app.example.com",
    }
    assert first.id == (
        "twilio/Production/popup/500x500/dark/language=de-DE/time_zone=Europe/Berlin/reduced_motion"
    )
    assert "reduced_motion=false" in second.id


def test_what_is_not_set_is_in_no_id_and_no_result(client: TrayClient) -> None:
    (case,) = resolved(client, one(PlannedDialog("twilio")))
    assert case.id == "twilio/Production/popup/500x500/light"
    assert case.described()["presentation"] == {}


def test_what_looks_secret_in_a_parameter_is_in_no_result(client: TrayClient) -> None:
    (case,) = resolved(
        client, one(PlannedDialog("twilio", parameters={"apiToken": "s3cret-value", "tab": "2"}))
    )
    assert dict(case.parameters)["apiToken"] == "s3cret-value"
    assert "s3cret-value" not in repr(case.described())
    assert case.described()["parameters"]["tab"] == "2"


def test_a_plan_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="it is not text in UTF-8"):
        read_plan(path)
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read_plan(tmp_path / "none.toml")


def test_shards_are_all_there_is_and_share_nothing(client: TrayClient) -> None:
    cases = resolved(client, Plan())
    parts = [shard_of(cases, number, 5) for number in range(1, 6)]
    assert sorted(case.id for part in parts for case in part) == sorted(case.id for case in cases)
    largest = max(Counter(case.group for case in cases).values())
    assert max(map(len, parts)) - min(map(len, parts)) <= largest
    groups = [{case.group for case in part} for part in parts]
    assert sum(map(len, groups)) == len(set.union(*groups))


@pytest.mark.parametrize("text", ["", "0/2", "3/2", "1", "a/b", "1/0", "-1/2"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no shard"):
        parse_shard(text)


def test_a_shard_is_read() -> None:
    assert parse_shard(" 2/5 ") == (2, 5)
