INSERT INTO attempt
    (attempt_id, workspace, user_id, service_id, service_environment_id, scopes, started_at,
     owner_pid, owner_start)
VALUES
    (:attempt_id, :workspace, :user_id, :service_id, :service_environment_id, :scopes, :started_at,
     :owner_pid, :owner_start)
ON CONFLICT (attempt_id) DO NOTHING
