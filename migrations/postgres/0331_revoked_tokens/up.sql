-- Access tokens that their programs gave back before they ended by themselves.
CREATE TABLE revoked_tokens (
    client_id BIGINT NOT NULL REFERENCES clients (id),
    jti_hash TEXT COLLATE "C" NOT NULL,
    -- From then on it is good for nothing anyway.
    expires_at TIMESTAMP NOT NULL,
    PRIMARY KEY (client_id, jti_hash)
);
