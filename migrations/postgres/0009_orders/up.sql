-- Orders, their lines and the stock reserved for them. Quantities of lines but `quantity` are base steps.
CREATE TABLE orders (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    hold_reasons TEXT NOT NULL,
    po_number TEXT NOT NULL,
    po_key TEXT COLLATE "C" NOT NULL,
    order_class TEXT NOT NULL,
    site_id BIGINT NOT NULL REFERENCES sites (id),
    currency TEXT NOT NULL,
    requested_on DATE,
    note TEXT,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT,
    gross_minor BIGINT,
    line_count INTEGER NOT NULL,
    placed_by BIGINT REFERENCES people (id),
    placed_at TIMESTAMP NOT NULL,
    placed_on DATE NOT NULL,
    queued_at TIMESTAMP NOT NULL,
    cancelled_at TIMESTAMP,
    cancel_reason TEXT,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX orders_number ON orders (number);
-- A cancelled or rejected order frees its number.
CREATE UNIQUE INDEX orders_po_number ON orders (account_id, po_key) WHERE state NOT IN ('cancelled', 'rejected');
CREATE INDEX orders_of_account ON orders (account_id, id);

CREATE TABLE order_lines (
    id BIGINT NOT NULL PRIMARY KEY,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    product_id BIGINT NOT NULL REFERENCES products (id),
    sku TEXT NOT NULL,
    customer_part_number TEXT,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    unit_decimals INTEGER NOT NULL,
    quantity BIGINT NOT NULL,
    content_numerator BIGINT NOT NULL,
    content_denominator BIGINT NOT NULL,
    base_unit TEXT NOT NULL,
    base_decimals INTEGER NOT NULL,
    base_quantity BIGINT NOT NULL,
    price_micros BIGINT NOT NULL,
    price_unit TEXT NOT NULL,
    price_base INTEGER NOT NULL,
    net_minor BIGINT NOT NULL,
    explanation TEXT NOT NULL,
    tax_category TEXT NOT NULL,
    tax_rate_ppm BIGINT,
    lead_time_days INTEGER NOT NULL,
    reserved BIGINT NOT NULL,
    backordered BIGINT NOT NULL,
    shipped BIGINT NOT NULL,
    invoiced BIGINT NOT NULL,
    cancelled BIGINT NOT NULL,
    promised_on DATE,
    note TEXT,
    CHECK (reserved >= 0 AND backordered >= 0 AND shipped >= 0 AND invoiced >= 0 AND cancelled >= 0),
    CHECK (reserved + backordered + shipped + cancelled = base_quantity)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX order_lines_position ON order_lines (order_id, position);
CREATE INDEX order_lines_waiting ON order_lines (product_id) WHERE backordered > 0;

CREATE TABLE reservations (
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    stock_id BIGINT NOT NULL REFERENCES stock (id),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_line_id, stock_id)
);
