-- People, their roles, what they are signed in with, and which of their requests were answered.
CREATE TABLE people (
    id BIGINT NOT NULL PRIMARY KEY,
    email TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    locale TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    last_sign_in_at TIMESTAMP
);
CREATE UNIQUE INDEX people_email ON people (email);
CREATE INDEX people_of_account ON people (account_id);

CREATE TABLE person_roles (
    person_id BIGINT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    PRIMARY KEY (person_id, role)
);

CREATE TABLE signing_keys (
    id BIGINT NOT NULL PRIMARY KEY,
    secret BYTEA NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- A session is one family of refresh tokens.
CREATE TABLE sessions (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    user_agent TEXT,
    address TEXT
);
CREATE INDEX sessions_of_person ON sessions (person_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE refresh_tokens (
    token_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    session_id BIGINT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    issued_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id, issued_at);

CREATE TABLE sign_in_failures (
    id BIGINT NOT NULL PRIMARY KEY,
    email_hash TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    failed_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_failures_of_email ON sign_in_failures (email_hash, failed_at);
CREATE INDEX sign_in_failures_of_address ON sign_in_failures (address, failed_at);

CREATE TABLE password_resets (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    nonce TEXT NOT NULL,
    token_hash TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE UNIQUE INDEX password_resets_token ON password_resets (token_hash);
CREATE INDEX password_resets_of_person ON password_resets (person_id);
CREATE INDEX password_resets_expiry ON password_resets (expires_at);

-- The answers that creating requests got: which object came of a key.
CREATE TABLE idempotency_keys (
    person_id BIGINT NOT NULL REFERENCES people (id),
    route TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    request_hash TEXT NOT NULL,
    created_id BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id, route, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
