-- Shipments: what left, in the ordered unit and in base steps.
CREATE TABLE shipments (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    carrier TEXT,
    tracking_number TEXT,
    line_count INTEGER NOT NULL,
    shipped_at TIMESTAMP NOT NULL,
    shipped_on DATE NOT NULL,
    delivered_at TIMESTAMP,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX shipments_number ON shipments (number);
CREATE INDEX shipments_of_order ON shipments (order_id);
CREATE INDEX shipments_of_account ON shipments (account_id, id);
CREATE INDEX shipments_by_state ON shipments (account_id, state, id);
CREATE INDEX shipments_tracking ON shipments (account_id, tracking_number) WHERE tracking_number IS NOT NULL;
CREATE INDEX shipments_of_state ON shipments (state, id);

CREATE TABLE shipment_lines (
    id BIGINT NOT NULL PRIMARY KEY,
    shipment_id BIGINT NOT NULL REFERENCES shipments (id),
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    position INTEGER NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    base_quantity BIGINT NOT NULL CHECK (base_quantity > 0)
);
CREATE UNIQUE INDEX shipment_lines_position ON shipment_lines (shipment_id, position);
CREATE INDEX shipment_lines_of_order_line ON shipment_lines (order_line_id);
