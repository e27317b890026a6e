DELETE FROM list_before WHERE attempt_id = :attempt_id
