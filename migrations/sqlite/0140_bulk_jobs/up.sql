-- Bulk jobs: what was sent in one body, kept in pieces until it is done, and what became of each piece.
CREATE TABLE bulk_jobs (
    id INTEGER NOT NULL PRIMARY KEY,
    -- Null for the supplier's.
    account_id INTEGER REFERENCES accounts (id),
    kind TEXT NOT NULL,
    mode TEXT NOT NULL,
    format TEXT NOT NULL,
    -- The columns, as the first line of a file.
    head TEXT NOT NULL,
    state TEXT NOT NULL,
    -- A person, or the row that stands for a program.
    started_by INTEGER NOT NULL REFERENCES people (id),
    -- As the record names them.
    actor TEXT NOT NULL,
    request_id TEXT NOT NULL,
    address TEXT,
    created_at TEXT NOT NULL,
    begun_at TEXT,
    ended_at TEXT,
    changed_at TEXT NOT NULL,
    piece_count INTEGER NOT NULL,
    -- The first piece that is not done.
    next_piece INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    byte_count INTEGER NOT NULL,
    done_count INTEGER NOT NULL,
    accepted_count INTEGER NOT NULL,
    rejected_count INTEGER NOT NULL,
    unchanged_count INTEGER NOT NULL,
    failure TEXT,
    version INTEGER NOT NULL,
    -- When it is somebody's turn to work on it; jobs take turns.
    due_at TEXT NOT NULL,
    lease INTEGER,
    leased_until TEXT
) STRICT;
CREATE INDEX bulk_jobs_to_do ON bulk_jobs (due_at) WHERE state IN ('queued', 'running');
CREATE INDEX bulk_jobs_in_line ON bulk_jobs (kind, id) WHERE state IN ('queued', 'running');
CREATE INDEX bulk_jobs_of_account ON bulk_jobs (account_id, id);
CREATE INDEX bulk_jobs_changed ON bulk_jobs (changed_at);

CREATE TABLE bulk_pieces (
    job_id INTEGER NOT NULL REFERENCES bulk_jobs (id),
    number INTEGER NOT NULL,
    first_row INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    rejected_count INTEGER NOT NULL,
    -- The rows as they were sent, packed.
    content BLOB NOT NULL,
    -- What became of them, once they are done.
    outcome TEXT,
    PRIMARY KEY (job_id, number)
) STRICT;
