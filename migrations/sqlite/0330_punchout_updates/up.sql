-- Newer versions of purchase orders: each is a change of our order, made at once or asked for.
CREATE TABLE punchout_updates (
    change_id INTEGER NOT NULL PRIMARY KEY REFERENCES order_changes (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    -- As the buyer's system sent them.
    po_version TEXT NOT NULL,
    po_date TEXT NOT NULL,
    payload_id TEXT NOT NULL,
    -- JSON: number, article, unit and quantity of each line.
    items TEXT NOT NULL,
    created_at TEXT NOT NULL,
    -- When the buyer's numbers were given to the order's lines, or nothing came of it.
    settled_at TEXT
) STRICT;
CREATE INDEX punchout_updates_of_order ON punchout_updates (order_id);
CREATE INDEX punchout_updates_open ON punchout_updates (order_id) WHERE settled_at IS NULL;

-- The key of message authentication codes: they can't be checked with a fingerprint.
ALTER TABLE punchout_setups ADD COLUMN mac_secret TEXT;
