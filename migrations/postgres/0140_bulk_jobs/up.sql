-- Bulk jobs: what was sent in one body, kept in pieces until it is done, and what became of each piece.
CREATE TABLE bulk_jobs (
    id BIGINT NOT NULL PRIMARY KEY,
    -- Null for the supplier's.
    account_id BIGINT REFERENCES accounts (id),
    kind TEXT COLLATE "C" NOT NULL,
    mode TEXT NOT NULL,
    format TEXT NOT NULL,
    -- The columns, as the first line of a file.
    head TEXT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    -- A person, or the row that stands for a program.
    started_by BIGINT NOT NULL REFERENCES people (id),
    -- As the record names them.
    actor TEXT NOT NULL,
    request_id TEXT NOT NULL,
    address TEXT,
    created_at TIMESTAMP NOT NULL,
    begun_at TIMESTAMP,
    ended_at TIMESTAMP,
    changed_at TIMESTAMP NOT NULL,
    piece_count BIGINT NOT NULL,
    -- The first piece that is not done.
    next_piece BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    byte_count BIGINT NOT NULL,
    done_count BIGINT NOT NULL,
    accepted_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    unchanged_count BIGINT NOT NULL,
    failure TEXT,
    version BIGINT NOT NULL,
    -- When it is somebody's turn to work on it; jobs take turns.
    due_at TIMESTAMP NOT NULL,
    lease BIGINT,
    leased_until TIMESTAMP
) WITH (fillfactor = 70);
CREATE INDEX bulk_jobs_to_do ON bulk_jobs (due_at) WHERE state IN ('queued', 'running');
CREATE INDEX bulk_jobs_in_line ON bulk_jobs (kind, id) WHERE state IN ('queued', 'running');
CREATE INDEX bulk_jobs_of_account ON bulk_jobs (account_id, id);
CREATE INDEX bulk_jobs_changed ON bulk_jobs (changed_at);

CREATE TABLE bulk_pieces (
    job_id BIGINT NOT NULL REFERENCES bulk_jobs (id),
    number BIGINT NOT NULL,
    first_row BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    -- The rows as they were sent, packed.
    content BYTEA NOT NULL,
    -- What became of them, once they are done.
    outcome TEXT,
    PRIMARY KEY (job_id, number)
);
