-- What other attempts for an end user captured, or took while they end. UUIDs compare without case.
-- An edit makes nothing, nor does a dialog in which one was chosen that was there before.
SELECT lower(auth_id) AS auth_id FROM attempt
WHERE user_id = :user_id COLLATE NOCASE AND auth_id IS NOT NULL AND attempt_id <> :attempt_id
    AND kind <> 'edit' AND coalesce(was_known, 0) = 0
