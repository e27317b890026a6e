UPDATE attempt SET confirmed = 1 WHERE attempt_id = :attempt_id
