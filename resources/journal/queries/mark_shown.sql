UPDATE attempt SET shown_at = :shown_at WHERE attempt_id = :attempt_id
