-- What every noun stands on: numbers given out, what happened, who did it.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES
    ('node', 0),
    ('order_number', 10000),
    ('shipment_number', 30000),
    ('event_sequence', 0),
    ('mail_sequence', 0);
CREATE SEQUENCE order_numbers START 10001;
CREATE SEQUENCE shipment_numbers START 30001;

CREATE TABLE events (
    id BIGINT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    account_id BIGINT,
    subject_id BIGINT NOT NULL,
    occurred_at TIMESTAMP NOT NULL,
    data TEXT NOT NULL,
    sequence BIGINT,
    -- How many mails the event came to; null for none, or while it was not looked at.
    mails INTEGER
);
CREATE INDEX events_of_subject ON events (subject_id, type);
CREATE UNIQUE INDEX events_sequence ON events (sequence);
CREATE INDEX events_unsequenced ON events (id) WHERE sequence IS NULL;
CREATE INDEX events_of_account ON events (account_id, sequence);

CREATE TABLE audit_entries (
    id BIGINT NOT NULL PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    account_id BIGINT,
    action TEXT COLLATE "C" NOT NULL,
    object TEXT NOT NULL,
    request_id TEXT,
    details TEXT NOT NULL,
    -- What was done while somebody acted for the account.
    acting_id BIGINT
);
CREATE INDEX audit_entries_of_object ON audit_entries (object, id);
CREATE INDEX audit_entries_of_account ON audit_entries (account_id, id);
CREATE INDEX audit_entries_of_actor ON audit_entries (actor, id);
CREATE INDEX audit_entries_of_action ON audit_entries (action, id);

-- Refuses every change of a row.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME; END $$;
