-- Each database of a sandbox, from before it is made until after it is gone: what was interrupted is found by it.
CREATE TABLE sandbox_databases (
    sandbox_id BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    -- By the real clock.
    noted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (sandbox_id, generation)
);
