INSERT OR IGNORE INTO listed_before (attempt_id, auth_id) VALUES (:attempt_id, :auth_id)
