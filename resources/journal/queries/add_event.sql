INSERT INTO event (attempt_id, number, at_ms, kind, text, details, is_problem)
SELECT
    attempt_id, (SELECT coalesce(max(number), 0) + 1 FROM event WHERE attempt_id = :attempt_id),
    :at_ms, :kind, :text, :details, :is_problem
FROM attempt
WHERE attempt_id = :attempt_id
