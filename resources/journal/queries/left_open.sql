SELECT attempt.*, list_before.auth_ids
FROM attempt LEFT JOIN list_before USING (attempt_id)
WHERE outcome IS NULL AND workspace = :workspace
ORDER BY started_at
