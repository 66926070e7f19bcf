-- Each database of a sandbox, from before it is made until after it is gone: what was interrupted is found by it.
CREATE TABLE sandbox_databases (
    sandbox_id INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    -- By the real clock.
    noted_at TEXT NOT NULL,
    PRIMARY KEY (sandbox_id, generation)
) STRICT;
