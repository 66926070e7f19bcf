-- Messages: mails that are to be sent, were sent, or can't be.
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
