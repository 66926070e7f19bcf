-- Invoices in the terms of EN 16931, frozen when issued: no row of them ever changes. An open item is what is left of
-- an invoice, a payment settles it.
CREATE TABLE invoice_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE invoices (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    shipment_id BIGINT NOT NULL REFERENCES shipments (id),
    year INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    currency TEXT NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    issued_on DATE NOT NULL,
    delivered_on DATE NOT NULL,
    due_on DATE NOT NULL,
    payment_terms_days INTEGER NOT NULL,
    po_number TEXT NOT NULL,
    order_number BIGINT NOT NULL,
    shipment_number BIGINT NOT NULL,
    seller TEXT NOT NULL,
    buyer TEXT NOT NULL,
    ship_to TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    line_count INTEGER NOT NULL,
    issued_by TEXT NOT NULL
);
CREATE UNIQUE INDEX invoices_number ON invoices (number);
CREATE UNIQUE INDEX invoices_sequence ON invoices (year, sequence);
CREATE UNIQUE INDEX invoices_shipment ON invoices (shipment_id);
CREATE INDEX invoices_of_order ON invoices (order_id);
CREATE INDEX invoices_of_account ON invoices (account_id, id);
CREATE INDEX invoices_by_day ON invoices (account_id, issued_on, id, number, po_number, order_number);

CREATE TABLE invoice_lines (
    id BIGINT NOT NULL PRIMARY KEY,
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    position INTEGER NOT NULL,
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    order_position INTEGER NOT NULL,
    sku TEXT NOT NULL,
    customer_part_number TEXT,
    gtin TEXT,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    unit_decimals INTEGER NOT NULL,
    quantity BIGINT NOT NULL,
    base_unit TEXT NOT NULL,
    base_decimals INTEGER NOT NULL,
    base_quantity BIGINT NOT NULL,
    price_micros BIGINT NOT NULL,
    price_unit TEXT NOT NULL,
    price_base INTEGER NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_category TEXT NOT NULL,
    tax_rate_ppm BIGINT NOT NULL
);
CREATE UNIQUE INDEX invoice_lines_position ON invoice_lines (invoice_id, position);
CREATE INDEX invoice_lines_of_order_line ON invoice_lines (order_line_id);

CREATE TABLE invoice_taxes (
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    category TEXT COLLATE "C" NOT NULL,
    rate_ppm BIGINT NOT NULL,
    base_minor BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    reason_code TEXT,
    reason TEXT,
    PRIMARY KEY (invoice_id, category, rate_ppm)
);

CREATE TABLE open_items (
    invoice_id BIGINT NOT NULL PRIMARY KEY REFERENCES invoices (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    due_on DATE NOT NULL,
    open_minor BIGINT NOT NULL CHECK (open_minor >= 0)
) WITH (fillfactor = 70);
CREATE INDEX open_items_of_order ON open_items (order_id);
CREATE INDEX open_items_due ON open_items (account_id, due_on, invoice_id) WHERE open_minor > 0;
CREATE INDEX open_items_unpaid ON open_items (invoice_id, due_on, account_id) WHERE open_minor > 0;

CREATE TABLE payments (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    received_on DATE NOT NULL,
    reference TEXT,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    reversed_at TIMESTAMP,
    reversal_reason TEXT,
    -- What of a payment has settled no invoice.
    unapplied_minor BIGINT NOT NULL DEFAULT 0 CHECK (unapplied_minor >= 0)
);
CREATE INDEX payments_of_account ON payments (account_id, id);
CREATE INDEX payments_unmatched ON payments (id) WHERE unapplied_minor > 0 AND reversed_at IS NULL;

-- Which payment settled how much of which invoice; taken back by a negative row.
CREATE TABLE payment_applications (
    id BIGINT NOT NULL PRIMARY KEY,
    payment_id BIGINT NOT NULL REFERENCES payments (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    amount_minor BIGINT NOT NULL,
    applied_at TIMESTAMP NOT NULL
);
CREATE INDEX payment_applications_of_invoice ON payment_applications (invoice_id);
CREATE INDEX payment_applications_of_payment ON payment_applications (payment_id, amount_minor);

CREATE TRIGGER invoices_frozen BEFORE UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_lines_frozen BEFORE UPDATE OR DELETE ON invoice_lines FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_taxes_frozen BEFORE UPDATE OR DELETE ON invoice_taxes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_applications_frozen BEFORE UPDATE OR DELETE ON payment_applications FOR EACH ROW EXECUTE FUNCTION refuse_change();
