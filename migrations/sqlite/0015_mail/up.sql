-- Events in an order that no reader can miss one in, and the mails that tell of them.
ALTER TABLE events ADD COLUMN sequence INTEGER;
-- How many mails the event came to; null for none, or while it was not looked at.
ALTER TABLE events ADD COLUMN mails INTEGER;
UPDATE events SET sequence = numbered.sequence
    FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS sequence FROM events) AS numbered
    WHERE events.id = numbered.id;
CREATE UNIQUE INDEX events_sequence ON events (sequence);
CREATE INDEX events_unsequenced ON events (id) WHERE sequence IS NULL;
-- Feeds go by the sequence.
DROP INDEX events_of_account;
CREATE INDEX events_of_account ON events (account_id, sequence);

-- What happened before there were mails is not mailed.
INSERT INTO counters (name, value) SELECT 'event_sequence', COALESCE(MAX(sequence), 0) FROM events;
INSERT INTO counters (name, value) SELECT 'mail_sequence', value FROM counters WHERE name = 'event_sequence';

CREATE TABLE messages (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    account_id INTEGER REFERENCES accounts (id),
    event_id INTEGER NOT NULL REFERENCES events (id),
    person_id INTEGER REFERENCES people (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TEXT NOT NULL,
    leased_until TEXT,
    lease INTEGER,
    last_error TEXT,
    subject TEXT,
    issue INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    sent_at TEXT
) STRICT;
CREATE UNIQUE INDEX messages_of_event ON messages (event_id, kind, email);
CREATE INDEX messages_of_account ON messages (account_id, id);
CREATE INDEX messages_due ON messages (next_attempt_at, id) WHERE state = 'due';
CREATE INDEX messages_of_state ON messages (state, id);
CREATE INDEX messages_sent ON messages (sent_at) WHERE state = 'sent';
