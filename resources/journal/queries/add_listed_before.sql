INSERT OR IGNORE INTO listed_before (attempt_id, auth_id)
SELECT attempt_id, :auth_id FROM attempt WHERE attempt_id = :attempt_id
