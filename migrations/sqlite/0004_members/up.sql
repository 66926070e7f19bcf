-- People of accounts and the team behind them: who is invited, which mails reach whom, who acts for an account.
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

CREATE TABLE actings (
    id INTEGER NOT NULL PRIMARY KEY,
    session_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    started_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
-- One at a time.
CREATE UNIQUE INDEX actings_in_force ON actings (session_id) WHERE ended_at IS NULL;
CREATE INDEX actings_of_account ON actings (account_id, id);
