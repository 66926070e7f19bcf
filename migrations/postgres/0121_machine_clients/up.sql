-- Programs that sign in by themselves. Each has a row in people with the same id, whose access has ended: it gives the
-- program its name and stands where somebody is named as having done something, and it opens nothing.
CREATE TABLE clients (
    id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
    account_id BIGINT REFERENCES accounts (id),
    description TEXT NOT NULL,
    scopes TEXT COLLATE "C" NOT NULL,
    networks TEXT COLLATE "C" NOT NULL,
    public_keys TEXT,
    requests_per_minute BIGINT,
    expires_on DATE,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP,
    version BIGINT NOT NULL,
    last_used_at TIMESTAMP,
    last_used_from TEXT
) WITH (fillfactor = 80);
CREATE INDEX clients_of_account ON clients (account_id, id);

-- What proves that a program calls: only the hash of a secret is kept, and its end to tell it by.
CREATE TABLE client_secrets (
    id BIGINT NOT NULL PRIMARY KEY,
    client_id BIGINT NOT NULL REFERENCES clients (id),
    secret_hash TEXT COLLATE "C" NOT NULL,
    last_four TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);
CREATE INDEX client_secrets_of_client ON client_secrets (client_id);

-- Signed assertions that were used: each is good once, on whichever node.
CREATE TABLE client_assertions (
    client_id BIGINT NOT NULL REFERENCES clients (id),
    jti_hash TEXT COLLATE "C" NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    PRIMARY KEY (client_id, jti_hash)
);
CREATE INDEX client_assertions_expiry ON client_assertions (expires_at);
