INSERT INTO attempt
    (attempt_id, workspace, user_id, service_id, service_environment_id, scopes, started_at, owner_pid)
VALUES
    (:attempt_id, :workspace, :user_id, :service_id, :service_environment_id, :scopes, :started_at, :owner_pid)
ON CONFLICT (attempt_id) DO NOTHING
