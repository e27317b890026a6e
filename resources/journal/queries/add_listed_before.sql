INSERT OR REPLACE INTO list_before (attempt_id, auth_ids)
SELECT attempt_id, :auth_ids FROM attempt WHERE attempt_id = :attempt_id
