-- Imports that staff begin on the desk or by REST. Whoever works on one leases it.
CREATE TABLE import_runs (
    id INTEGER NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    started_by INTEGER NOT NULL REFERENCES people (id),
    started_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    applied_by INTEGER REFERENCES people (id),
    keep_valid INTEGER NOT NULL,
    step TEXT NOT NULL,
    done_count INTEGER NOT NULL,
    total_count INTEGER NOT NULL,
    bad_count INTEGER NOT NULL,
    file_count INTEGER NOT NULL,
    report TEXT,
    failure TEXT,
    leased_until TEXT
) STRICT;
CREATE INDEX import_runs_to_do ON import_runs (id) WHERE state IN ('checking', 'applying');

-- What was sent; goes after a while.
CREATE TABLE import_files (
    run_id INTEGER NOT NULL REFERENCES import_runs (id),
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (run_id, name)
) STRICT;

-- Rows that can't be imported, in the order of the report.
CREATE TABLE import_faults (
    id INTEGER NOT NULL PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES import_runs (id),
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    place TEXT NOT NULL,
    code TEXT NOT NULL,
    value TEXT NOT NULL,
    remedy TEXT NOT NULL
) STRICT;
CREATE INDEX import_faults_of_run ON import_faults (run_id, id);
