-- Returns: goods that come back from an account, of an accepted claim or as staff say, in a series of numbers of their own.
CREATE TABLE return_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE returns (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    shipment_id BIGINT NOT NULL REFERENCES shipments (id),
    claim_id BIGINT REFERENCES claims (id),
    year INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    announced_by TEXT NOT NULL,
    announced_at TIMESTAMP NOT NULL,
    announced_on DATE NOT NULL,
    received_at TIMESTAMP,
    inspected_at TIMESTAMP,
    closed_at TIMESTAMP,
    receipt_id BIGINT REFERENCES receipts (id),
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX returns_number ON returns (number);
CREATE UNIQUE INDEX returns_sequence ON returns (year, sequence);
CREATE INDEX returns_of_account ON returns (account_id, id);
CREATE INDEX returns_of_shipment ON returns (shipment_id);
CREATE INDEX returns_of_order ON returns (order_id);
CREATE INDEX returns_of_claim ON returns (claim_id);
CREATE INDEX returns_of_receipt ON returns (receipt_id);

-- What of a line is to come back, in its unit and in base steps, and what was found of it in base steps.
CREATE TABLE return_lines (
    return_id BIGINT NOT NULL REFERENCES returns (id),
    position INTEGER NOT NULL,
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    quantity BIGINT NOT NULL,
    base_quantity BIGINT NOT NULL CHECK (base_quantity > 0),
    to_stock BIGINT,
    quarantine BIGINT,
    scrap BIGINT,
    PRIMARY KEY (return_id, position)
);

CREATE INDEX return_lines_of_order_line ON return_lines (order_line_id);
CREATE INDEX return_lines_of_product ON return_lines (product_id);

CREATE TRIGGER returns_noted_insert AFTER INSERT ON returns REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('returns');
CREATE TRIGGER returns_noted_update AFTER UPDATE ON returns REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('returns');
