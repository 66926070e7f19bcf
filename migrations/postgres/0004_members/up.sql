-- People of accounts and the team behind them: who is invited, which mails reach whom, who acts for an account.
-- No row: mails about every site of the account.
CREATE TABLE person_sites (
    person_id BIGINT NOT NULL REFERENCES people (id),
    site_id BIGINT NOT NULL REFERENCES sites (id),
    PRIMARY KEY (person_id, site_id)
);

CREATE TABLE muted_mails (
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (person_id, kind)
);

-- Only fingerprints of tokens are kept; the token itself is derived from id and nonce when its mail is written.
CREATE TABLE invitations (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    email TEXT COLLATE "C" NOT NULL,
    role TEXT NOT NULL,
    invited_by BIGINT NOT NULL REFERENCES people (id),
    nonce TEXT NOT NULL,
    token_hash TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    accepted_at TIMESTAMP,
    withdrawn_at TIMESTAMP
);
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash);
CREATE UNIQUE INDEX invitations_open ON invitations (account_id, email)
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX invitations_of_account ON invitations (account_id, created_at);
CREATE INDEX invitations_of_inviter ON invitations (invited_by);
CREATE INDEX invitations_expiry ON invitations (expires_at);

-- The places of the supplier's staff behind an account; position 1 is the key account manager.
CREATE TABLE team_members (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    position INTEGER NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    function TEXT NOT NULL,
    phone TEXT,
    deputy_id BIGINT REFERENCES people (id),
    absent_from DATE,
    absent_to DATE
);
CREATE UNIQUE INDEX team_members_position ON team_members (account_id, position);
CREATE UNIQUE INDEX team_members_function ON team_members (account_id, person_id, function);
CREATE INDEX team_members_of_person ON team_members (person_id, account_id);

CREATE TABLE actings (
    id BIGINT NOT NULL PRIMARY KEY,
    session_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
-- One at a time.
CREATE UNIQUE INDEX actings_in_force ON actings (session_id) WHERE ended_at IS NULL;
CREATE INDEX actings_of_account ON actings (account_id, id);
