-- Shipments: what left, in the ordered unit and in base steps.
CREATE TABLE shipments (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    carrier TEXT,
    tracking_number TEXT,
    line_count INTEGER NOT NULL,
    shipped_at TEXT NOT NULL,
    shipped_on TEXT NOT NULL,
    delivered_at TEXT,
    version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX shipments_number ON shipments (number);
CREATE INDEX shipments_of_order ON shipments (order_id);
CREATE INDEX shipments_of_account ON shipments (account_id, id);
CREATE INDEX shipments_by_state ON shipments (account_id, state, id);
CREATE INDEX shipments_tracking ON shipments (account_id, tracking_number) WHERE tracking_number IS NOT NULL;
CREATE INDEX shipments_of_state ON shipments (state, id);

CREATE TABLE shipment_lines (
    id INTEGER NOT NULL PRIMARY KEY,
    shipment_id INTEGER NOT NULL REFERENCES shipments (id),
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    position INTEGER NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    base_quantity INTEGER NOT NULL CHECK (base_quantity > 0)
) STRICT;
CREATE UNIQUE INDEX shipment_lines_position ON shipment_lines (shipment_id, position);
CREATE INDEX shipment_lines_of_order_line ON shipment_lines (order_line_id);
