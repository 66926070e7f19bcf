-- What staff said when they held an order; who got stock and why, with all it was decided from; goods received.
ALTER TABLE orders ADD COLUMN hold_note TEXT;
CREATE INDEX orders_of_state ON orders (state, id);

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

CREATE TABLE receipts (
    id INTEGER NOT NULL PRIMARY KEY,
    warehouse_id INTEGER NOT NULL REFERENCES warehouses (id),
    received_at TEXT NOT NULL,
    received_by TEXT NOT NULL
) STRICT;

CREATE TABLE receipt_lines (
    receipt_id INTEGER NOT NULL REFERENCES receipts (id),
    position INTEGER NOT NULL,
    product_id INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (receipt_id, position)
) STRICT;

-- The receipt or shipment that moved the stock.
ALTER TABLE stock_movements ADD COLUMN cause_id INTEGER;
