-- What a shipment is packed into: each package has a number (SSCC) that no other one ever gets.
ALTER TABLE supplier ADD COLUMN gs1_company_prefix TEXT;

-- The last serial number of each company prefix.
CREATE TABLE sscc_serials (
    prefix TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

-- What of an order is being packed and has not left: its pieces stay reserved, and no other shipment takes them.
CREATE TABLE packings (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    state TEXT COLLATE "C" NOT NULL,
    carrier TEXT,
    tracking_number TEXT,
    opened_by TEXT NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    shipment_id BIGINT REFERENCES shipments (id),
    version BIGINT NOT NULL
);

CREATE INDEX packings_of_order ON packings (order_id, state);
CREATE INDEX packings_of_account ON packings (account_id, id);
CREATE INDEX packings_of_state ON packings (state, id);
CREATE INDEX packings_of_shipment ON packings (shipment_id);

CREATE TABLE packing_lines (
    packing_id BIGINT NOT NULL REFERENCES packings (id),
    position INTEGER NOT NULL,
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    quantity BIGINT NOT NULL,
    base_quantity BIGINT NOT NULL CHECK (base_quantity > 0),
    PRIMARY KEY (packing_id, position)
);

CREATE INDEX packing_lines_of_order_line ON packing_lines (order_line_id);

CREATE TABLE packages (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- One of both: what is being packed becomes a shipment when it leaves.
    shipment_id BIGINT REFERENCES shipments (id),
    packing_id BIGINT REFERENCES packings (id),
    position INTEGER NOT NULL,
    sscc TEXT COLLATE "C" NOT NULL,
    -- UN/ECE Recommendation 21.
    kind TEXT COLLATE "C" NOT NULL,
    weight_grams BIGINT,
    length_mm INTEGER,
    width_mm INTEGER,
    height_mm INTEGER,
    packed_by TEXT NOT NULL,
    packed_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CHECK ((shipment_id IS NULL) <> (packing_id IS NULL))
);

CREATE UNIQUE INDEX packages_sscc ON packages (sscc);
CREATE INDEX packages_of_shipment ON packages (shipment_id, position);
CREATE INDEX packages_of_packing ON packages (packing_id, position);
CREATE INDEX packages_of_account ON packages (account_id);

-- What lies in a package, of lines of the order: in the ordered unit and in base steps.
CREATE TABLE package_items (
    package_id BIGINT NOT NULL REFERENCES packages (id),
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    quantity BIGINT NOT NULL,
    base_quantity BIGINT NOT NULL CHECK (base_quantity > 0),
    PRIMARY KEY (package_id, order_line_id)
);

CREATE INDEX package_items_of_order_line ON package_items (order_line_id);

CREATE TRIGGER packings_noted_insert AFTER INSERT ON packings REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('packings');
CREATE TRIGGER packings_noted_update AFTER UPDATE ON packings REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('packings');
