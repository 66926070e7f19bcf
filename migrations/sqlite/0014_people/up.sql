-- People of accounts and the team behind them: who is invited, who forgot a password, which mails reach whom.
ALTER TABLE people ADD COLUMN locale TEXT;
ALTER TABLE people ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE people ADD COLUMN last_sign_in_at TEXT;
ALTER TABLE sessions ADD COLUMN user_agent TEXT;
ALTER TABLE sessions ADD COLUMN address TEXT;

-- The newest token of a session tells when it was last refreshed.
DROP INDEX refresh_tokens_of_session;
CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id, issued_at);

-- No row: mails about every site of the account.
CREATE TABLE person_sites (
    person_id INTEGER NOT NULL REFERENCES people (id),
    site_id INTEGER NOT NULL REFERENCES sites (id),
    PRIMARY KEY (person_id, site_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE muted_mails (
    person_id INTEGER NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;

-- Only fingerprints of tokens are kept; the token itself is derived from id and nonce when its mail is written.
CREATE TABLE invitations (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    invited_by INTEGER NOT NULL REFERENCES people (id),
    nonce TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    accepted_at TEXT,
    withdrawn_at TEXT
) STRICT;
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash);
CREATE UNIQUE INDEX invitations_open ON invitations (account_id, email)
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX invitations_of_account ON invitations (account_id, created_at);
CREATE INDEX invitations_of_inviter ON invitations (invited_by);
CREATE INDEX invitations_expiry ON invitations (expires_at);

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

-- The places of the supplier's staff behind an account; position 1 is the key account manager.
CREATE TABLE team_members (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    position INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    function TEXT NOT NULL,
    phone TEXT,
    deputy_id INTEGER REFERENCES people (id),
    absent_from TEXT,
    absent_to TEXT
) STRICT;
CREATE UNIQUE INDEX team_members_position ON team_members (account_id, position);
CREATE UNIQUE INDEX team_members_function ON team_members (account_id, person_id, function);
CREATE INDEX team_members_of_person ON team_members (person_id, account_id);
