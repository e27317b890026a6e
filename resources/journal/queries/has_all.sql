-- Reads nothing; fails where a table is missing, or its latest column.
SELECT attempt.was_known, event.is_problem, list_before.auth_ids FROM attempt, event, list_before LIMIT 0
