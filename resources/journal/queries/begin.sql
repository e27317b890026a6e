INSERT INTO attempt
    (attempt_id, workspace, user_id, service_id, service_environment_id, scopes, started_at,
     owner_pid, owner_start, kind, edited_auth_id, solution_instance_id, external_auth_id,
     extra_parameters, service_name, user_label, service_label, environment_label, authentication_label)
VALUES
    (:attempt_id, :workspace, :user_id, :service_id, :service_environment_id, :scopes, :started_at,
     :owner_pid, :owner_start, :kind, :edited_auth_id, :solution_instance_id, :external_auth_id,
     :extra_parameters, :service_name, :user_label, :service_label, :environment_label, :authentication_label)
ON CONFLICT (attempt_id) DO NOTHING
