-- Orders, their lines, the stock reserved for them; who got stock and why, with all it was decided from. Quantities of
-- lines but `quantity` are base steps.
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
    version BIGINT NOT NULL,
    hold_note TEXT
);
CREATE UNIQUE INDEX orders_number ON orders (number);
-- A cancelled or rejected order frees its number.
CREATE UNIQUE INDEX orders_po_number ON orders (account_id, po_key) WHERE state NOT IN ('cancelled', 'rejected');
CREATE INDEX orders_of_account ON orders (account_id, id);
-- Lists of an account: each sort walks one index that also holds what the list filters by, so that no row is read for
-- what isn't shown.
CREATE INDEX orders_by_day ON orders (account_id, placed_on, id, state, site_id, number, po_key);
CREATE INDEX orders_by_wish ON orders (account_id, (COALESCE(requested_on, DATE '9999-12-31')), id, state, site_id, placed_on, number, po_key);
-- What people look for first: orders that are not over, and shipments by what their carrier calls them.
CREATE INDEX orders_open ON orders (account_id, state, id)
    WHERE state IN ('pending_approval', 'on_hold', 'placed', 'accepted', 'partly_shipped', 'shipped');
CREATE INDEX orders_by_state ON orders (account_id, state, placed_on, id);
CREATE INDEX orders_of_state ON orders (state, placed_on, id);
CREATE INDEX orders_by_placing ON orders (placed_on, id);

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
CREATE INDEX order_lines_unbilled ON order_lines (order_id) WHERE shipped > invoiced;
CREATE INDEX order_lines_open ON order_lines (order_id, backordered, reserved, promised_on)
    WHERE backordered > 0 OR reserved > 0;

CREATE TABLE reservations (
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    stock_id BIGINT NOT NULL REFERENCES stock (id),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_line_id, stock_id)
);

CREATE TABLE allocation_decisions (
    id BIGINT NOT NULL PRIMARY KEY,
    decided_at TIMESTAMP NOT NULL,
    product_id BIGINT NOT NULL REFERENCES products (id),
    cause TEXT NOT NULL,
    cause_id BIGINT,
    input TEXT NOT NULL,
    outcome TEXT NOT NULL
);
CREATE INDEX allocation_decisions_of_product ON allocation_decisions (product_id, id);
CREATE INDEX allocation_decisions_of_cause ON allocation_decisions (cause_id);

-- What each line got in a decision, in base steps; rank counts from 1.
CREATE TABLE allocations (
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    decision_id BIGINT NOT NULL REFERENCES allocation_decisions (id),
    rank BIGINT NOT NULL,
    wanted BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (order_line_id, decision_id)
);
CREATE INDEX allocations_of_decision ON allocations (decision_id, rank);
