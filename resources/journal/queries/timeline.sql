SELECT * FROM event WHERE attempt_id = :attempt_id ORDER BY number
