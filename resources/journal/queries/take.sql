UPDATE attempt SET auth_id = :auth_id WHERE attempt_id = :attempt_id AND outcome IS NULL
