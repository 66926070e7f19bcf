-- Orders, their lines and the stock reserved for them. Quantities of lines but `quantity` are base steps.
CREATE TABLE orders (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    hold_reasons TEXT NOT NULL,
    po_number TEXT NOT NULL,
    po_key TEXT NOT NULL,
    order_class TEXT NOT NULL,
    site_id INTEGER NOT NULL REFERENCES sites (id),
    currency TEXT NOT NULL,
    requested_on TEXT,
    note TEXT,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER,
    gross_minor INTEGER,
    line_count INTEGER NOT NULL,
    placed_by INTEGER REFERENCES people (id),
    placed_at TEXT NOT NULL,
    placed_on TEXT NOT NULL,
    queued_at TEXT NOT NULL,
    cancelled_at TEXT,
    cancel_reason TEXT,
    version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX orders_number ON orders (number);
-- A cancelled or rejected order frees its number.
CREATE UNIQUE INDEX orders_po_number ON orders (account_id, po_key) WHERE state NOT IN ('cancelled', 'rejected');
CREATE INDEX orders_of_account ON orders (account_id, id);

CREATE TABLE order_lines (
    id INTEGER NOT NULL PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    product_id INTEGER NOT NULL REFERENCES products (id),
    sku TEXT NOT NULL,
    customer_part_number TEXT,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    unit_decimals INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    content_numerator INTEGER NOT NULL,
    content_denominator INTEGER NOT NULL,
    base_unit TEXT NOT NULL,
    base_decimals INTEGER NOT NULL,
    base_quantity INTEGER NOT NULL,
    price_micros INTEGER NOT NULL,
    price_unit TEXT NOT NULL,
    price_base INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    explanation TEXT NOT NULL,
    tax_category TEXT NOT NULL,
    tax_rate_ppm INTEGER,
    lead_time_days INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    backordered INTEGER NOT NULL,
    shipped INTEGER NOT NULL,
    invoiced INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    promised_on TEXT,
    note TEXT,
    CHECK (reserved >= 0 AND backordered >= 0 AND shipped >= 0 AND invoiced >= 0 AND cancelled >= 0),
    CHECK (reserved + backordered + shipped + cancelled = base_quantity)
) STRICT;
CREATE UNIQUE INDEX order_lines_position ON order_lines (order_id, position);
CREATE INDEX order_lines_waiting ON order_lines (product_id) WHERE backordered > 0;

CREATE TABLE reservations (
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    stock_id INTEGER NOT NULL REFERENCES stock (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_line_id, stock_id)
) STRICT, WITHOUT ROWID;
