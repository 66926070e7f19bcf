-- Orders, their lines, the stock reserved for them; who got stock and why, with all it was decided from. Quantities of
-- lines but `quantity` are base steps.
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
    version INTEGER NOT NULL,
    hold_note TEXT
) STRICT;
CREATE UNIQUE INDEX orders_number ON orders (number);
-- A cancelled or rejected order frees its number.
CREATE UNIQUE INDEX orders_po_number ON orders (account_id, po_key) WHERE state NOT IN ('cancelled', 'rejected');
CREATE INDEX orders_of_account ON orders (account_id, id);
-- Lists of an account: each sort walks one index that also holds what the list filters by, so that no row is read for
-- what isn't shown.
CREATE INDEX orders_by_day ON orders (account_id, placed_on, id, state, site_id, number, po_key);
CREATE INDEX orders_by_wish ON orders (account_id, COALESCE(requested_on, '9999-12-31'), id, state, site_id, placed_on, number, po_key);
-- What people look for first: orders that are not over, and shipments by what their carrier calls them.
CREATE INDEX orders_open ON orders (account_id, state, id)
    WHERE state IN ('pending_approval', 'on_hold', 'placed', 'accepted', 'partly_shipped', 'shipped');
CREATE INDEX orders_by_state ON orders (account_id, state, placed_on, id);
CREATE INDEX orders_of_state ON orders (state, placed_on, id);
CREATE INDEX orders_by_placing ON orders (placed_on, id);

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
CREATE INDEX order_lines_unbilled ON order_lines (order_id) WHERE shipped > invoiced;
CREATE INDEX order_lines_open ON order_lines (order_id, backordered, reserved, promised_on)
    WHERE backordered > 0 OR reserved > 0;

CREATE TABLE reservations (
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    stock_id INTEGER NOT NULL REFERENCES stock (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_line_id, stock_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE allocation_decisions (
    id INTEGER NOT NULL PRIMARY KEY,
    decided_at TEXT NOT NULL,
    product_id INTEGER NOT NULL REFERENCES products (id),
    cause TEXT NOT NULL,
    cause_id INTEGER,
    input TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
CREATE INDEX allocation_decisions_of_product ON allocation_decisions (product_id, id);
CREATE INDEX allocation_decisions_of_cause ON allocation_decisions (cause_id);

-- What each line got in a decision, in base steps; rank counts from 1.
CREATE TABLE allocations (
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    decision_id INTEGER NOT NULL REFERENCES allocation_decisions (id),
    rank INTEGER NOT NULL,
    wanted INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (order_line_id, decision_id)
) STRICT;
CREATE INDEX allocations_of_decision ON allocations (decision_id, rank);
