-- Programs that sign in by themselves. Each has a row in people with the same id, whose access has ended: it gives the
-- program its name and stands where somebody is named as having done something, and it opens nothing.
CREATE TABLE clients (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES people (id),
    account_id INTEGER REFERENCES accounts (id),
    description TEXT NOT NULL,
    scopes TEXT NOT NULL,
    networks TEXT NOT NULL,
    public_keys TEXT,
    requests_per_minute INTEGER,
    expires_on TEXT,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT,
    version INTEGER NOT NULL,
    last_used_at TEXT,
    last_used_from TEXT
) STRICT;
CREATE INDEX clients_of_account ON clients (account_id, id);

-- What proves that a program calls: only the hash of a secret is kept, and its end to tell it by.
CREATE TABLE client_secrets (
    id INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES clients (id),
    secret_hash TEXT NOT NULL,
    last_four TEXT NOT NULL,
    created_at TEXT NOT NULL,
    retired_at TEXT
) STRICT;
CREATE INDEX client_secrets_of_client ON client_secrets (client_id);

-- Signed assertions that were used: each is good once, on whichever node.
CREATE TABLE client_assertions (
    client_id INTEGER NOT NULL REFERENCES clients (id),
    jti_hash TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (client_id, jti_hash)
) STRICT;
CREATE INDEX client_assertions_expiry ON client_assertions (expires_at);
