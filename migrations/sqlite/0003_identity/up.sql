-- People, their roles, what they are signed in with, and which of their requests were answered.
CREATE TABLE people (
    id INTEGER NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    account_id INTEGER REFERENCES accounts (id),
    created_at TEXT NOT NULL,
    ended_at TEXT,
    locale TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    last_sign_in_at TEXT
) STRICT;
CREATE UNIQUE INDEX people_email ON people (email);
CREATE INDEX people_of_account ON people (account_id);

CREATE TABLE person_roles (
    person_id INTEGER NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    PRIMARY KEY (person_id, role)
) STRICT;

CREATE TABLE signing_keys (
    id INTEGER NOT NULL PRIMARY KEY,
    secret BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- A session is one family of refresh tokens.
CREATE TABLE sessions (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT,
    user_agent TEXT,
    address TEXT
) STRICT;
CREATE INDEX sessions_of_person ON sessions (person_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE refresh_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    issued_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id, issued_at);

CREATE TABLE sign_in_failures (
    id INTEGER NOT NULL PRIMARY KEY,
    email_hash TEXT NOT NULL,
    address TEXT NOT NULL,
    failed_at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_of_email ON sign_in_failures (email_hash, failed_at);
CREATE INDEX sign_in_failures_of_address ON sign_in_failures (address, failed_at);

CREATE TABLE password_resets (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    nonce TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE UNIQUE INDEX password_resets_token ON password_resets (token_hash);
CREATE INDEX password_resets_of_person ON password_resets (person_id);
CREATE INDEX password_resets_expiry ON password_resets (expires_at);

-- The answers that creating requests got: which object came of a key.
CREATE TABLE idempotency_keys (
    person_id INTEGER NOT NULL REFERENCES people (id),
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    created_id INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (person_id, route, key)
) STRICT;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
