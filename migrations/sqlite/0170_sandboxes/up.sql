-- Sandboxes of accounts. Each has a database of its own beside this one; what follows the first table is used there.
CREATE TABLE sandboxes (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    -- Counts the databases it had: a reset gives it a new one.
    generation INTEGER NOT NULL,
    -- How far its clock is ahead.
    ahead_s INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    refreshed_at TEXT NOT NULL,
    -- Names of the scenarios that were passed when somebody last looked.
    passed TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX sandboxes_account ON sandboxes (account_id);

-- What programs sent to the sandbox, and what they were answered.
CREATE TABLE sandbox_requests (
    id INTEGER NOT NULL PRIMARY KEY,
    -- By the real clock.
    requested_at TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    query TEXT NOT NULL,
    status INTEGER NOT NULL,
    idempotency_key TEXT,
    user_agent TEXT,
    -- The failure that was made.
    failure TEXT,
    request_id TEXT NOT NULL
) STRICT;

-- Failures that the next requests meet.
CREATE TABLE sandbox_failures (
    id INTEGER NOT NULL PRIMARY KEY,
    failure TEXT NOT NULL,
    times INTEGER NOT NULL,
    -- Only orders that are placed meet it.
    is_of_orders INTEGER NOT NULL
) STRICT;

-- Scenarios of the conformance report that were begun.
CREATE TABLE sandbox_runs (
    scenario TEXT NOT NULL PRIMARY KEY,
    -- By the real clock.
    begun_at TEXT NOT NULL,
    -- What it is about: an order.
    subject TEXT,
    -- What endpoints answered to what they were sent.
    deliveries TEXT NOT NULL
) STRICT;
