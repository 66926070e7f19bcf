-- Who took a delivery in, and what shows it.
ALTER TABLE shipments ADD COLUMN received_by TEXT;

CREATE TABLE delivery_proofs (
    id BIGINT NOT NULL PRIMARY KEY,
    shipment_id BIGINT NOT NULL REFERENCES shipments (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    -- Last, so that the rest is read without it.
    content BYTEA NOT NULL
);

CREATE INDEX delivery_proofs_of_shipment ON delivery_proofs (shipment_id, id);
CREATE INDEX delivery_proofs_of_account ON delivery_proofs (account_id);
