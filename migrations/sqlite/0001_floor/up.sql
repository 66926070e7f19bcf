-- What every noun stands on: numbers given out, what happened, who did it.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
INSERT INTO counters (name, value) VALUES
    ('node', 0),
    ('order_number', 10000),
    ('shipment_number', 30000),
    ('event_sequence', 0),
    ('mail_sequence', 0);

CREATE TABLE events (
    id INTEGER NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    account_id INTEGER,
    subject_id INTEGER NOT NULL,
    occurred_at TEXT NOT NULL,
    data TEXT NOT NULL,
    sequence INTEGER,
    -- How many mails the event came to; null for none, or while it was not looked at.
    mails INTEGER
) STRICT;
CREATE INDEX events_of_subject ON events (subject_id, type);
CREATE UNIQUE INDEX events_sequence ON events (sequence);
CREATE INDEX events_unsequenced ON events (id) WHERE sequence IS NULL;
CREATE INDEX events_of_account ON events (account_id, sequence);

CREATE TABLE audit_entries (
    id INTEGER NOT NULL PRIMARY KEY,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    account_id INTEGER,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    request_id TEXT,
    details TEXT NOT NULL,
    -- What was done while somebody acted for the account.
    acting_id INTEGER
) STRICT;
CREATE INDEX audit_entries_of_object ON audit_entries (object, id);
CREATE INDEX audit_entries_of_account ON audit_entries (account_id, id);
CREATE INDEX audit_entries_of_actor ON audit_entries (actor, id);
CREATE INDEX audit_entries_of_action ON audit_entries (action, id);
