-- Passkeys: what an authenticator calls them and their public keys, both in base 64 for URLs, and how often each was used
-- where the authenticator counts.
CREATE TABLE passkeys (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    credential_id TEXT COLLATE "C" NOT NULL,
    public_key TEXT NOT NULL,
    counter BIGINT NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP
);
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_id);
CREATE INDEX passkeys_of_person ON passkeys (person_id);
