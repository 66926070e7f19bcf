-- What a person's authenticator makes its codes of (RFC 6238). Not in force before the first code was given; the step of
-- the last code that was taken is kept, so that none is good twice.
CREATE TABLE second_factors (
    person_id INTEGER NOT NULL PRIMARY KEY REFERENCES people (id),
    secret TEXT NOT NULL,
    created_at TEXT NOT NULL,
    confirmed_at TEXT,
    last_step INTEGER NOT NULL
) STRICT;

-- Codes for somebody whose authenticator is gone, each good once.
CREATE TABLE recovery_codes (
    person_id INTEGER NOT NULL REFERENCES people (id),
    code_hash TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (person_id, code_hash)
) STRICT;
