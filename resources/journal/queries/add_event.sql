INSERT INTO event (attempt_id, number, at_ms, kind, text, details, is_problem)
SELECT :attempt_id, coalesce(max(number), 0) + 1, :at_ms, :kind, :text, :details, :is_problem
FROM event
WHERE attempt_id = :attempt_id
