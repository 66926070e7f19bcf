-- Punchout: buyers shop from inside their procurement system, and their orders come by it.
CREATE TABLE punchout_setups (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    -- Domain and identity of the buyer as they are compared.
    buyer_key TEXT NOT NULL,
    buyer_domain TEXT NOT NULL,
    buyer_identity TEXT NOT NULL,
    supplier_domain TEXT NOT NULL,
    supplier_identity TEXT NOT NULL,
    -- Who sends for the buyer, where that is somebody else.
    sender_domain TEXT,
    sender_identity TEXT,
    mode TEXT NOT NULL,
    -- Fingerprint and end of the shared secret.
    secret_hash TEXT,
    secret_end TEXT,
    -- What stands in documents that we send.
    out_secret TEXT,
    oci_user TEXT,
    oci_secret_hash TEXT,
    oci_secret_end TEXT,
    -- JSON: hosts, maps of codes and the rest.
    settings TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX punchout_setups_buyer ON punchout_setups (buyer_key);
CREATE UNIQUE INDEX punchout_setups_oci ON punchout_setups (oci_user);

-- People of the buyer's system who are no members: they shop and nothing else.
CREATE TABLE punchout_shoppers (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    email TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX punchout_shoppers_email ON punchout_shoppers (account_id, email);

CREATE TABLE punchout_sessions (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    protocol TEXT NOT NULL,
    operation TEXT NOT NULL,
    mode TEXT NOT NULL,
    person_id BIGINT REFERENCES people (id),
    shopper_id BIGINT REFERENCES punchout_shoppers (id),
    -- Fingerprint of the link that opens it, once, until then.
    start_hash TEXT,
    start_until TIMESTAMP NOT NULL,
    -- Fingerprint of what its addresses hold.
    token_hash TEXT,
    expires_at TIMESTAMP NOT NULL,
    -- As the buyer's system sent it, given back unchanged.
    buyer_cookie TEXT NOT NULL,
    return_url TEXT NOT NULL,
    return_target TEXT,
    payload_id TEXT,
    selected TEXT,
    -- JSON: the lines.
    basket TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    ended_as TEXT
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX punchout_sessions_start ON punchout_sessions (start_hash);
CREATE UNIQUE INDEX punchout_sessions_token ON punchout_sessions (token_hash);
CREATE INDEX punchout_sessions_of_account ON punchout_sessions (account_id, id);
CREATE INDEX punchout_sessions_expired ON punchout_sessions (expires_at);

-- Documents in and out as they were, but for their secrets.
CREATE TABLE punchout_documents (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload_id TEXT NOT NULL,
    -- Number of the order it is about, version and type of the document.
    reference TEXT,
    order_key TEXT,
    order_id BIGINT REFERENCES orders (id),
    status INTEGER NOT NULL,
    status_text TEXT NOT NULL,
    request TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX punchout_documents_payload ON punchout_documents (account_id, payload_id) WHERE direction = 'in';
CREATE UNIQUE INDEX punchout_documents_order ON punchout_documents (account_id, order_key);
CREATE INDEX punchout_documents_of_account ON punchout_documents (account_id, id);
CREATE INDEX punchout_documents_made ON punchout_documents (created_at);

-- What an order of ours is called in the buyer's system.
CREATE TABLE punchout_orders (
    order_id BIGINT NOT NULL PRIMARY KEY REFERENCES orders (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    po_id TEXT COLLATE "C" NOT NULL,
    po_version TEXT NOT NULL,
    po_date TEXT NOT NULL,
    payload_id TEXT NOT NULL,
    -- JSON: the buyer's number of each line, in the order of ours.
    line_numbers TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX punchout_orders_of_account ON punchout_orders (account_id, po_id, order_id);
