SELECT * FROM attempt
WHERE substr(attempt_id, 1, length(:beginning)) = lower(:beginning)
ORDER BY started_at DESC, rowid DESC
LIMIT 10
