-- A page of attempts, newest first: those older than the one named, if one is named.
SELECT * FROM attempt
WHERE
    (:before = '' OR (started_at, rowid) < (SELECT started_at, rowid FROM attempt WHERE attempt_id = :before))
    AND (:outcome = '' OR coalesce(outcome, 'open') = :outcome)
    AND (:workspace = '' OR workspace = :workspace OR lower(workspace) = lower(:workspace))
ORDER BY started_at DESC, rowid DESC
LIMIT :limit
