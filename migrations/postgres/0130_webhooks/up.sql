-- Webhooks: whom events are sent to, what is to be sent, and how each attempt went.
INSERT INTO counters (name, value)
    SELECT 'webhook_sequence', value FROM counters WHERE name = 'event_sequence';

CREATE TABLE webhook_endpoints (
    id BIGINT NOT NULL PRIMARY KEY,
    -- Null for the supplier's own.
    account_id BIGINT REFERENCES accounts (id),
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    content TEXT NOT NULL,
    -- Whose eyes it stands for: which events it may get.
    audience TEXT NOT NULL,
    -- A JSON array of the types it gets; null for all.
    kinds TEXT,
    state TEXT NOT NULL,
    disabled_because TEXT,
    disabled_at TIMESTAMP,
    secret TEXT NOT NULL,
    -- Signs beside the new one until its time is over.
    old_secret TEXT,
    old_secret_until TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- Failed attempts since the last that went well.
    failures INTEGER NOT NULL,
    failing_since TIMESTAMP,
    last_success_at TIMESTAMP,
    -- When its owners were told that it fails.
    told_at TIMESTAMP,
    paused_until TIMESTAMP,
    -- When something is to be sent to it.
    due_at TIMESTAMP,
    lease BIGINT,
    leased_until TIMESTAMP,
    -- The last event that a running replay has looked at, and the one before which it ends.
    replay_after BIGINT,
    replay_until BIGINT
) WITH (fillfactor = 70);
CREATE INDEX webhook_endpoints_of_account ON webhook_endpoints (account_id, id);
CREATE INDEX webhook_endpoints_due ON webhook_endpoints (due_at) WHERE state = 'enabled';
CREATE INDEX webhook_endpoints_leased ON webhook_endpoints (lease) WHERE lease IS NOT NULL;

CREATE TABLE webhook_deliveries (
    id BIGINT NOT NULL PRIMARY KEY,
    endpoint_id BIGINT NOT NULL REFERENCES webhook_endpoints (id),
    -- Null for a test.
    event_id BIGINT REFERENCES events (id),
    kind TEXT COLLATE "C" NOT NULL,
    subject_id BIGINT NOT NULL,
    -- Of the event.
    sequence BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    last_status INTEGER,
    last_error TEXT
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX webhook_deliveries_of_event ON webhook_deliveries (endpoint_id, event_id);
-- The next to send; of each object one at a time.
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at, id) WHERE state = 'due';
CREATE UNIQUE INDEX webhook_deliveries_in_order ON webhook_deliveries (endpoint_id, subject_id) WHERE state = 'due';
CREATE INDEX webhook_deliveries_behind ON webhook_deliveries (endpoint_id, subject_id, sequence) WHERE state = 'behind';
CREATE INDEX webhook_deliveries_of_endpoint ON webhook_deliveries (endpoint_id, id);
CREATE INDEX webhook_deliveries_of_state ON webhook_deliveries (endpoint_id, state, id);
CREATE INDEX webhook_deliveries_settled ON webhook_deliveries (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE webhook_attempts (
    id BIGINT NOT NULL PRIMARY KEY,
    delivery_id BIGINT NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
    attempted_at TIMESTAMP NOT NULL,
    duration_ms INTEGER NOT NULL,
    status INTEGER,
    error TEXT,
    -- The beginning of the answer.
    answer TEXT
);
CREATE INDEX webhook_attempts_of_delivery ON webhook_attempts (delivery_id, id);
CREATE INDEX webhook_attempts_made ON webhook_attempts (attempted_at);
