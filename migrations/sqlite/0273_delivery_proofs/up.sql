-- Who took a delivery in, and what shows it.
ALTER TABLE shipments ADD COLUMN received_by TEXT;

CREATE TABLE delivery_proofs (
    id INTEGER NOT NULL PRIMARY KEY,
    shipment_id INTEGER NOT NULL REFERENCES shipments (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    byte_count INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    -- Last, so that the rest is read without it.
    content BLOB NOT NULL
) STRICT;

CREATE INDEX delivery_proofs_of_shipment ON delivery_proofs (shipment_id, id);
CREATE INDEX delivery_proofs_of_account ON delivery_proofs (account_id);
