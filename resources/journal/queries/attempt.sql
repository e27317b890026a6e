SELECT * FROM attempt WHERE attempt_id = :attempt_id
