"""Which process audits what: dialogs that could be taken for each other are never open at the same time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from tray_auth_desktop.qa.audit.model import Case
from tray_auth_desktop.qa.audit.running import shard_of
from tray_auth_desktop.qa.audit.scheduling import GroupScheduling


@dataclass(eq=False)
class Process:
    """Begins with a case once it knows of the next, or that there is none, as pytest-xdist's processes do."""

    shutting_down: bool = False
    cases: list[int] = field(default_factory=list)

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        assert not self.shutting_down
        self.cases += indices

    def shutdown(self) -> None:
        self.shutting_down = True

    @property
    def running(self) -> int | None:
        """The case that it is in."""
        return self.cases[0] if len(self.cases) > 1 or (self.shutting_down and self.cases) else None


@dataclass
class Audit:
    """Processes that take turns, one case each; some break down."""

    groups: list[str]
    processes: int
    breaks_in: set[int] = field(default_factory=set)
    done: list[int] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    rounds: int = 0

    def run(self, chance: random.Random | None = None) -> None:
        """Let them work until nothing is left; by chance, only some get on in a round."""
        schedule = GroupScheduling(self.groups, self.processes)
        working = [self._started(schedule) for _ in range(self.processes)]
        schedule.schedule()
        while working:
            if schedule.tests_finished:
                for one in working:
                    one.shutdown()
            running = [one.running for one in working if one.running is not None]
            self._none_are_of_one_group(running)
            self.rounds += 1
            for one in list(working):
                case = one.running
                if case is None:
                    if one.shutting_down:
                        assert schedule.remove_node(one) is None
                        working.remove(one)
                elif chance is None or chance.random() < 0.5:
                    self._get_on(schedule, working, one, case)
        assert not schedule.has_pending

    def _get_on(self, schedule: GroupScheduling, working: list[Process], one: Process, case: int) -> None:
        if case not in self.breaks_in:
            self.done.append(one.cases.pop(0))
            schedule.mark_test_complete(one, case)
            return
        name = schedule.remove_node(one)
        assert name is not None
        self.broken.append(name)
        working.remove(one)
        working.append(self._started(schedule))
        schedule.schedule()

    def _started(self, schedule: GroupScheduling) -> Process:
        process = Process()
        schedule.add_node(process)
        schedule.add_node_collection(process, [f"case {number}" for number in range(len(self.groups))])
        return process

    def _none_are_of_one_group(self, running: list[int]) -> None:
        groups = [self.groups[case] for case in running]
        assert sorted(groups) == sorted(set(groups)), f"together: {groups}"


@pytest.mark.parametrize("seed", range(40))
def test_a_group_never_runs_twice_at_a_time_and_each_case_once(seed: int) -> None:
    chance = random.Random(seed)
    groups = [f"group {chance.randrange(1, 8)}" for _ in range(chance.randrange(1, 50))]
    breaks_in = {case for case in range(len(groups)) if chance.random() < 0.1}
    audit = Audit(groups, min(chance.randrange(1, 6), len(set(groups))), breaks_in)
    audit.run(chance)
    assert sorted(audit.done) == sorted(set(range(len(groups))) - breaks_in)
    assert sorted(audit.broken) == sorted(f"case {case}" for case in breaks_in)


def test_processes_have_work_to_the_end() -> None:
    audit = Audit([f"group {number // 12}" for number in range(216)], 4)
    audit.run()
    assert audit.rounds <= 216 / 4 + 4


def test_a_large_group_does_not_come_last() -> None:
    audit = Audit([*"abcdefgh", *["large"] * 12], 4)
    audit.run()
    assert audit.rounds <= 16


def test_groups_of_one_case_are_dealt_out_to_all() -> None:
    audit = Audit(["a", "b"], 2)
    audit.run()
    assert audit.rounds <= 2


def test_where_the_cases_cannot_be_read_nothing_is_handed_out() -> None:
    schedule, process = GroupScheduling(["a", "b"], 1), Process()
    schedule.add_node(process)
    schedule.add_node_collection(process, [])
    schedule.schedule()
    assert schedule.tests_finished
    assert process.cases == []


def cases_of(groups: str) -> list[Case]:
    return [
        Case(f"{number}", "S", group, "s", "E", "e", "U", "u", "popup", "500x500", "light", place=number)
        for number, group in enumerate(groups)
    ]


def test_a_group_stays_in_one_shard_and_shards_are_about_as_large() -> None:
    cases = cases_of("aaaabbbbccccddddeeee" + "f" * 10)
    parts = [shard_of(cases, number, 3) for number in (1, 2, 3)]
    assert sorted(int(case.id) for part in parts for case in part) == list(range(30))
    groups = [{case.group for case in part} for part in parts]
    assert sum(map(len, groups)) == len(set.union(*groups))
    assert sorted(map(len, parts)) == [8, 10, 12]


def test_users_environments_and_services_make_groups() -> None:
    (case,) = cases_of("a")
    assert case.group == ("u", "a", "e")
