-- When the process that runs an attempt was started, as the system counts it: a number alone may be
-- given to another process later. Empty where the system does not say.
ALTER TABLE attempt ADD COLUMN owner_start TEXT NOT NULL DEFAULT '';
