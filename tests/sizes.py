"""How much the tests do: less on every change, everything where `TRAY_TEST_FULL=1` is set."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable

import pytest

IS_FULL = os.environ.get("TRAY_TEST_FULL") == "1"
only_full = pytest.mark.skipif(not IS_FULL, reason="takes long; TRAY_TEST_FULL=1 runs it")

#: Of a test's cases, one in so many is run on every change; of those with 0, none. Each of them starts the
#: program or the engine anew for what quicker tests, or its other cases, look at too.
ONE_IN = {
    "api/test_api_any_reply.py::test_any_bytes": 4,
    "api/test_api_any_reply.py::test_any_json": 4,
    "cli/test_cli_answers.py::test_a_hundred_thousand_take_seconds": 0,
    "cli/test_cli_authentications.py::test_list_filtered": 3,
    "cli/test_cli_authentications.py::test_refused": 3,
    "cli/test_cli_catalogue.py::test_a_service_by_name_title_id_and_version": 3,
    "cli/test_cli_catalogue.py::test_a_service_there_is_not": 3,
    "cli/test_cli_create.py::test_refused_by_the_api": 2,
    "cli/test_cli_create.py::test_without_a_result": 3,
    "cli/test_cli_create_ends.py::test_a_dialog_with_nothing_to_show_ends_at_once": 2,
    "cli/test_cli_dialogs.py::test_create_of_what_cannot_be": 3,
    "cli/test_cli_prompts.py::test_a_file_is_overwritten_only_if_that_is_wanted": 3,
    "cli/test_cli_stop.py::test_told_to_stop_during_a_call": 4,
    "cli/test_history_contract.py::test_it_is_found_in_the_timeline": 3,
    "cli/test_killed.py::test_of_two_that_were_killed_together_neither_gets_the_one_that_is_new": 0,
    "cli/test_killed.py::test_what_a_second_copy_captures_is_not_taken_by_the_first_one_that_is_stopped": 0,
    "cli/test_standin_command.py::test_a_port_that_is_taken_is_named_with_what_helps": 4,
    "cli/test_standin_command.py::test_what_makes_no_sense_is_said": 3,
    "cli/test_workspace_command.py::test_what_cannot_be_done_is_said": 3,
    "cli/test_workspace_command.py::test_without_a_vault_the_workspace_is_saved_and_the_token_is_not": 3,
    "dialog/test_dialog_capture.py::test_finish_arrives_however_the_dialog_ends": 0,
    "dialog/test_dialog_teardown.py::test_nothing_is_left_after_many_dialogs": 0,
    "embedding/test_embedding_dialog.py::test_who_wants_out_gets_out_and_the_application_is_told_once": 2,
    "hostile/test_hostile_streams.py::test_a_value_of_the_environment_that_cannot_be": 2,
    "hostile/test_hostile_surroundings.py::test_a_damaged_journal_is_set_aside": 2,
    "hostile/test_hostile_surroundings.py::test_a_home_that_cannot_be_written_costs_the_history_alone": 2,
    "hostile/test_hostile_window.py::test_authentications_that_fail_leave_those_before_and_come_by_retry": 3,
    "hostile/test_hostile_window.py::test_lists_that_fail_are_there_after_retry": 3,
    "leaks/test_leaks_export.py::test_an_export_holds_no_secret": 2,
    "leaks/test_leaks_program.py::test_nothing_leaks_when_the_api_refuses": 2,
    "qa/test_audit_command.py::test_an_audit_is_stopped_and_gone_on_with": 0,
    "qa/test_audit_command.py::test_shards_are_audited_apart_and_merged": 0,
    "qa/test_audit_command.py::test_told_twice_to_stop_it_ends_at_once_with_a_report": 0,
    "qa/test_audit_command.py::test_what_cannot_be_done_is_said": 3,
    "qa/test_audit_command.py::test_what_was_made_is_kept_if_wanted": 0,
    "qa/test_audit_processes.py::test_processes_do_not_take_each_others_authentications": 0,
    "qa/test_audit_processes.py::test_what_was_made_in_a_process_that_broke_down_is_deleted_or_named": 0,
    "qa/test_qa_driver.py::test_an_error_says_what_was_wanted_what_there_is_and_where": 3,
    "qa/test_qa_driver.py::test_keys_are_real_events": 3,
    "qa/test_qa_plugin.py::test_a_visible_dialog_is_on_the_screen": 2,
    "qa/test_qa_plugin.py::test_each_worker_has_its_own_stand_in": 0,
    "qa/test_qa_report.py::test_a_failed_test_has_timeline_and_picture_in_its_report": 2,
    "qa/test_qa_workspace.py::test_each_worker_has_a_test_user_of_its_own": 0,
    "qa/test_qa_workspace.py::test_workers_without_a_test_user_are_refused_with_how_many_there_can_be": 0,
    "standin/test_standin_control.py::test_no_page_of_another_origin_reaches_it": 3,
    "standin/test_standin_faults.py::test_each_operation_can_fail": 3,
    "standin/test_standin_scale.py::test_the_largest_lists_are_answered_whole": 0,
    "standin/test_standin_scenarios_in_pages.py::test_the_opener_hears_what_the_scenario_says": 2,
    "standin/test_standin_scenarios_in_pages.py::test_the_record_is_what_was_heard": 3,
}

#: Folders whose tests mostly start the program or the engine.
_SLOW = frozenset(
    {"qa", "cli", "hostile", "integrator", "embedding", "dialog", "capture", "forgery", "leaks"}
)


def slow_first(items: list[pytest.Item], shares: int) -> list[pytest.Item]:
    """Return tests in an order in which each of so many equal shares begins with slow ones.

    pytest-xdist gives each worker a share, and lets them take from each other towards the end; then what
    is left must be quick. The tests of a file stay together.
    """
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0], []).append(item)
    slow = [name for name in files if name.split("/")[1] in _SLOW]
    quick = [name for name in files if name not in set(slow)]
    ordered = [name for share in range(shares) for kind in (slow, quick) for name in kind[share::shares]]
    return [item for name in ordered for item in files[name]]


def shorten(items: Iterable[pytest.Item]) -> None:
    """Leave out what is not run on every change.

    Raises:
        LookupError: a test of `ONE_IN` is not there, though its file was collected.
    """
    seen: Counter[str] = Counter()
    files = set()
    for item in items:
        name = item.nodeid.partition("[")[0].removeprefix("tests/")
        files.add(name.partition("::")[0])
        one_in = ONE_IN.get(name, 1)
        if one_in == 0 or seen[name] % one_in:
            item.add_marker(pytest.mark.skip(reason="left out; TRAY_TEST_FULL=1 runs it"))
        seen[name] += 1
    missing = [name for name in ONE_IN if name.partition("::")[0] in files and not seen[name]]
    if missing:
        raise LookupError(f"tests/sizes.py names tests that there are not: {', '.join(missing)}")
