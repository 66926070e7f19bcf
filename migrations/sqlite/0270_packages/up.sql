-- What a shipment is packed into: each package has a number (SSCC) that no other one ever gets.
ALTER TABLE supplier ADD COLUMN gs1_company_prefix TEXT;

-- The last serial number of each company prefix.
CREATE TABLE sscc_serials (
    prefix TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- What of an order is being packed and has not left: its pieces stay reserved, and no other shipment takes them.
CREATE TABLE packings (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    state TEXT NOT NULL,
    carrier TEXT,
    tracking_number TEXT,
    opened_by TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    shipment_id INTEGER REFERENCES shipments (id),
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX packings_of_order ON packings (order_id, state);
CREATE INDEX packings_of_account ON packings (account_id, id);
CREATE INDEX packings_of_state ON packings (state, id);
CREATE INDEX packings_of_shipment ON packings (shipment_id);

CREATE TABLE packing_lines (
    packing_id INTEGER NOT NULL REFERENCES packings (id),
    position INTEGER NOT NULL,
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    quantity INTEGER NOT NULL,
    base_quantity INTEGER NOT NULL CHECK (base_quantity > 0),
    PRIMARY KEY (packing_id, position)
) STRICT;

CREATE INDEX packing_lines_of_order_line ON packing_lines (order_line_id);

CREATE TABLE packages (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    -- One of both: what is being packed becomes a shipment when it leaves.
    shipment_id INTEGER REFERENCES shipments (id),
    packing_id INTEGER REFERENCES packings (id),
    position INTEGER NOT NULL,
    sscc TEXT NOT NULL,
    -- UN/ECE Recommendation 21.
    kind TEXT NOT NULL,
    weight_grams INTEGER,
    length_mm INTEGER,
    width_mm INTEGER,
    height_mm INTEGER,
    packed_by TEXT NOT NULL,
    packed_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CHECK ((shipment_id IS NULL) <> (packing_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX packages_sscc ON packages (sscc);
CREATE INDEX packages_of_shipment ON packages (shipment_id, position);
CREATE INDEX packages_of_packing ON packages (packing_id, position);
CREATE INDEX packages_of_account ON packages (account_id);

-- What lies in a package, of lines of the order: in the ordered unit and in base steps.
CREATE TABLE package_items (
    package_id INTEGER NOT NULL REFERENCES packages (id),
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    quantity INTEGER NOT NULL,
    base_quantity INTEGER NOT NULL CHECK (base_quantity > 0),
    PRIMARY KEY (package_id, order_line_id)
) STRICT;

CREATE INDEX package_items_of_order_line ON package_items (order_line_id);

CREATE TRIGGER packings_noted_insert AFTER INSERT ON packings BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'packings', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER packings_noted_update AFTER UPDATE ON packings BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'packings', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
