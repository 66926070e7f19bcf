-- What every feature stands on: numbers given out, what happened, who did it, which requests were answered.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('node', 0), ('order_number', 10000);
CREATE SEQUENCE order_numbers START 10001;

CREATE TABLE events (
    id BIGINT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    account_id BIGINT,
    subject_id BIGINT NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX events_of_subject ON events (subject_id, type);
CREATE INDEX events_of_account ON events (account_id, id);

CREATE TABLE audit_entries (
    id BIGINT NOT NULL PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    account_id BIGINT,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    request_id TEXT,
    details TEXT NOT NULL
);
CREATE INDEX audit_entries_of_object ON audit_entries (object, id);
