-- Invoices in the terms of EN 16931, frozen when issued: no row of them ever changes. An open item is what is left of
-- an invoice, a payment settles it.
CREATE TABLE invoice_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE invoices (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    shipment_id INTEGER NOT NULL REFERENCES shipments (id),
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    currency TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    delivered_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    payment_terms_days INTEGER NOT NULL,
    po_number TEXT NOT NULL,
    order_number INTEGER NOT NULL,
    shipment_number INTEGER NOT NULL,
    seller TEXT NOT NULL,
    buyer TEXT NOT NULL,
    ship_to TEXT NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    gross_minor INTEGER NOT NULL,
    line_count INTEGER NOT NULL,
    issued_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX invoices_number ON invoices (number);
CREATE UNIQUE INDEX invoices_sequence ON invoices (year, sequence);
CREATE UNIQUE INDEX invoices_shipment ON invoices (shipment_id);
CREATE INDEX invoices_of_order ON invoices (order_id);
CREATE INDEX invoices_of_account ON invoices (account_id, id);
CREATE INDEX invoices_by_day ON invoices (account_id, issued_on, id, number, po_number, order_number);

CREATE TABLE invoice_lines (
    id INTEGER NOT NULL PRIMARY KEY,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    position INTEGER NOT NULL,
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    order_position INTEGER NOT NULL,
    sku TEXT NOT NULL,
    customer_part_number TEXT,
    gtin TEXT,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    unit_decimals INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    base_unit TEXT NOT NULL,
    base_decimals INTEGER NOT NULL,
    base_quantity INTEGER NOT NULL,
    price_micros INTEGER NOT NULL,
    price_unit TEXT NOT NULL,
    price_base INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_category TEXT NOT NULL,
    tax_rate_ppm INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX invoice_lines_position ON invoice_lines (invoice_id, position);
CREATE INDEX invoice_lines_of_order_line ON invoice_lines (order_line_id);

CREATE TABLE invoice_taxes (
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    category TEXT NOT NULL,
    rate_ppm INTEGER NOT NULL,
    base_minor INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    reason_code TEXT,
    reason TEXT,
    PRIMARY KEY (invoice_id, category, rate_ppm)
) STRICT;

CREATE TABLE open_items (
    invoice_id INTEGER NOT NULL PRIMARY KEY REFERENCES invoices (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    due_on TEXT NOT NULL,
    open_minor INTEGER NOT NULL CHECK (open_minor >= 0)
) STRICT;
CREATE INDEX open_items_of_order ON open_items (order_id);
CREATE INDEX open_items_due ON open_items (account_id, due_on, invoice_id) WHERE open_minor > 0;
CREATE INDEX open_items_unpaid ON open_items (invoice_id, due_on, account_id) WHERE open_minor > 0;

CREATE TABLE payments (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    received_on TEXT NOT NULL,
    reference TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    reversed_at TEXT,
    reversal_reason TEXT,
    -- What of a payment has settled no invoice.
    unapplied_minor INTEGER NOT NULL DEFAULT 0 CHECK (unapplied_minor >= 0)
) STRICT;
CREATE INDEX payments_of_account ON payments (account_id, id);
CREATE INDEX payments_unmatched ON payments (id) WHERE unapplied_minor > 0 AND reversed_at IS NULL;

-- Which payment settled how much of which invoice; taken back by a negative row.
CREATE TABLE payment_applications (
    id INTEGER NOT NULL PRIMARY KEY,
    payment_id INTEGER NOT NULL REFERENCES payments (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    amount_minor INTEGER NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;
CREATE INDEX payment_applications_of_invoice ON payment_applications (invoice_id);
CREATE INDEX payment_applications_of_payment ON payment_applications (payment_id, amount_minor);

CREATE TRIGGER invoices_frozen_update BEFORE UPDATE ON invoices
    BEGIN SELECT RAISE(ABORT, 'rows of invoices never change'); END;
CREATE TRIGGER invoices_frozen_delete BEFORE DELETE ON invoices
    BEGIN SELECT RAISE(ABORT, 'rows of invoices never change'); END;
CREATE TRIGGER invoice_lines_frozen_update BEFORE UPDATE ON invoice_lines
    BEGIN SELECT RAISE(ABORT, 'rows of invoice_lines never change'); END;
CREATE TRIGGER invoice_lines_frozen_delete BEFORE DELETE ON invoice_lines
    BEGIN SELECT RAISE(ABORT, 'rows of invoice_lines never change'); END;
CREATE TRIGGER invoice_taxes_frozen_update BEFORE UPDATE ON invoice_taxes
    BEGIN SELECT RAISE(ABORT, 'rows of invoice_taxes never change'); END;
CREATE TRIGGER invoice_taxes_frozen_delete BEFORE DELETE ON invoice_taxes
    BEGIN SELECT RAISE(ABORT, 'rows of invoice_taxes never change'); END;
CREATE TRIGGER payment_applications_frozen_update BEFORE UPDATE ON payment_applications
    BEGIN SELECT RAISE(ABORT, 'rows of payment_applications never change'); END;
CREATE TRIGGER payment_applications_frozen_delete BEFORE DELETE ON payment_applications
    BEGIN SELECT RAISE(ABORT, 'rows of payment_applications never change'); END;
