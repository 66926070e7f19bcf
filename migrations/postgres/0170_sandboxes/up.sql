-- Sandboxes of accounts. Each has a database of its own beside this one; what follows the first table is used there.
CREATE TABLE sandboxes (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- Counts the databases it had: a reset gives it a new one.
    generation BIGINT NOT NULL,
    -- How far its clock is ahead.
    ahead_s BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    refreshed_at TIMESTAMP NOT NULL,
    -- Names of the scenarios that were passed when somebody last looked.
    passed TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX sandboxes_account ON sandboxes (account_id);

-- What programs sent to the sandbox, and what they were answered.
CREATE TABLE sandbox_requests (
    id BIGINT NOT NULL PRIMARY KEY,
    -- By the real clock.
    requested_at TIMESTAMP NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    query TEXT NOT NULL,
    status INTEGER NOT NULL,
    idempotency_key TEXT,
    user_agent TEXT,
    -- The failure that was made.
    failure TEXT,
    request_id TEXT NOT NULL
);

-- Failures that the next requests meet.
CREATE TABLE sandbox_failures (
    id BIGINT NOT NULL PRIMARY KEY,
    failure TEXT NOT NULL,
    times BIGINT NOT NULL,
    -- Only orders that are placed meet it.
    is_of_orders BOOLEAN NOT NULL
);

-- Scenarios of the conformance report that were begun.
CREATE TABLE sandbox_runs (
    scenario TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- By the real clock.
    begun_at TIMESTAMP NOT NULL,
    -- What it is about: an order.
    subject TEXT,
    -- What endpoints answered to what they were sent.
    deliveries TEXT NOT NULL
);
