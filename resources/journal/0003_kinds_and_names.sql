-- What the dialog was opened for, beside new authentications, and what people call its parts.
ALTER TABLE attempt ADD COLUMN kind TEXT NOT NULL DEFAULT 'create';
ALTER TABLE attempt ADD COLUMN edited_auth_id TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt ADD COLUMN solution_instance_id TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt ADD COLUMN external_auth_id TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt ADD COLUMN extra_parameters TEXT NOT NULL DEFAULT '[]';  -- JSON list of pairs
ALTER TABLE attempt ADD COLUMN service_name TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt ADD COLUMN user_label TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt ADD COLUMN service_label TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt ADD COLUMN environment_label TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt ADD COLUMN authentication_label TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt ADD COLUMN was_known INTEGER;                            -- NULL where that cannot be told
-- The ids that the user's list held before the dialog opened, a line each, as long as the attempt is open:
-- one row for each attempt, because a list can have a hundred thousand.
CREATE TABLE list_before (
    attempt_id TEXT PRIMARY KEY REFERENCES attempt (attempt_id) ON DELETE CASCADE,
    auth_ids   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO list_before
SELECT attempt_id, group_concat(auth_id, char(10)) FROM listed_before GROUP BY attempt_id;
DROP TABLE listed_before;
