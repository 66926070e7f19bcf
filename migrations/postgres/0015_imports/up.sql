-- Imports that staff begin on the desk or by REST. Whoever works on one leases it.
CREATE TABLE import_runs (
    id BIGINT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    started_by BIGINT NOT NULL REFERENCES people (id),
    started_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    applied_by BIGINT REFERENCES people (id),
    keep_valid BIGINT NOT NULL,
    step TEXT NOT NULL,
    done_count BIGINT NOT NULL,
    total_count BIGINT NOT NULL,
    bad_count BIGINT NOT NULL,
    file_count BIGINT NOT NULL,
    report TEXT,
    failure TEXT,
    leased_until TIMESTAMP
);
CREATE INDEX import_runs_to_do ON import_runs (id) WHERE state IN ('checking', 'applying');

-- What was sent; goes after a while.
CREATE TABLE import_files (
    run_id BIGINT NOT NULL REFERENCES import_runs (id),
    name TEXT COLLATE "C" NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (run_id, name)
);

-- Rows that can't be imported, in the order of the report.
CREATE TABLE import_faults (
    id BIGINT NOT NULL PRIMARY KEY,
    run_id BIGINT NOT NULL REFERENCES import_runs (id),
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    place TEXT NOT NULL,
    code TEXT NOT NULL,
    value TEXT NOT NULL,
    remedy TEXT NOT NULL
);
CREATE INDEX import_faults_of_run ON import_faults (run_id, id);
