-- Returns: goods that come back from an account, of an accepted claim or as staff say, in a series of numbers of their own.
CREATE TABLE return_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE returns (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    shipment_id INTEGER NOT NULL REFERENCES shipments (id),
    claim_id INTEGER REFERENCES claims (id),
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    announced_by TEXT NOT NULL,
    announced_at TEXT NOT NULL,
    announced_on TEXT NOT NULL,
    received_at TEXT,
    inspected_at TEXT,
    closed_at TEXT,
    receipt_id INTEGER REFERENCES receipts (id),
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX returns_number ON returns (number);
CREATE UNIQUE INDEX returns_sequence ON returns (year, sequence);
CREATE INDEX returns_of_account ON returns (account_id, id);
CREATE INDEX returns_of_shipment ON returns (shipment_id);
CREATE INDEX returns_of_order ON returns (order_id);
CREATE INDEX returns_of_claim ON returns (claim_id);
CREATE INDEX returns_of_receipt ON returns (receipt_id);

-- What of a line is to come back, in its unit and in base steps, and what was found of it in base steps.
CREATE TABLE return_lines (
    return_id INTEGER NOT NULL REFERENCES returns (id),
    position INTEGER NOT NULL,
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL,
    base_quantity INTEGER NOT NULL CHECK (base_quantity > 0),
    to_stock INTEGER,
    quarantine INTEGER,
    scrap INTEGER,
    PRIMARY KEY (return_id, position)
) STRICT;

CREATE INDEX return_lines_of_order_line ON return_lines (order_line_id);
CREATE INDEX return_lines_of_product ON return_lines (product_id);

CREATE TRIGGER returns_noted_insert AFTER INSERT ON returns BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'returns', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER returns_noted_update AFTER UPDATE ON returns BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'returns', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
