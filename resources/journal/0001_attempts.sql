-- One row per attempt: what was asked for, and how it ended.
CREATE TABLE attempt (
    attempt_id             TEXT PRIMARY KEY,
    workspace              TEXT NOT NULL,
    user_id                TEXT NOT NULL,
    service_id             TEXT NOT NULL,
    service_environment_id TEXT NOT NULL,
    scopes                 TEXT NOT NULL,           -- JSON list
    started_at             REAL NOT NULL,           -- seconds since the epoch
    ended_at               REAL,
    outcome                TEXT,                    -- NULL while the attempt is open
    auth_id                TEXT,
    auth_type              TEXT,
    via                    TEXT,
    confirmed              INTEGER NOT NULL DEFAULT 0,
    message                TEXT,
    elapsed_ms             INTEGER,
    shown_at               REAL,                    -- NULL until a person or a caller was told
    owner_pid              INTEGER NOT NULL         -- the process that runs or ran it
) STRICT;
CREATE INDEX attempt_started ON attempt (started_at);
CREATE INDEX attempt_untold ON attempt (started_at) WHERE shown_at IS NULL AND outcome IS NOT NULL;

-- The timeline, redacted before it gets here.
CREATE TABLE event (
    attempt_id TEXT NOT NULL REFERENCES attempt (attempt_id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    at_ms      INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    text       TEXT NOT NULL,
    details    TEXT NOT NULL,                       -- JSON object
    is_problem INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (attempt_id, number)
) STRICT, WITHOUT ROWID;

-- What the user's list held before the dialog opened: ids only.
CREATE TABLE listed_before (
    attempt_id TEXT NOT NULL REFERENCES attempt (attempt_id) ON DELETE CASCADE,
    auth_id    TEXT NOT NULL,
    PRIMARY KEY (attempt_id, auth_id)
) STRICT, WITHOUT ROWID;
