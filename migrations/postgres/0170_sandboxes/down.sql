DROP TABLE sandbox_runs;
DROP TABLE sandbox_failures;
DROP TABLE sandbox_requests;
DROP TABLE sandboxes;
