UPDATE attempt
SET outcome = :outcome, auth_id = :auth_id, auth_type = :auth_type, via = :via, confirmed = :confirmed,
    message = :message, elapsed_ms = :elapsed_ms, ended_at = :ended_at, was_known = :was_known
WHERE attempt_id = :attempt_id
