-- What every feature stands on: numbers given out, what happened, who did it, which requests were answered.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
INSERT INTO counters (name, value) VALUES ('node', 0), ('order_number', 10000);

CREATE TABLE events (
    id INTEGER NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    account_id INTEGER,
    subject_id INTEGER NOT NULL,
    occurred_at TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_subject ON events (subject_id, type);
CREATE INDEX events_of_account ON events (account_id, id);

CREATE TABLE audit_entries (
    id INTEGER NOT NULL PRIMARY KEY,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    account_id INTEGER,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    request_id TEXT,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entries_of_object ON audit_entries (object, id);
