-- Stock in base steps, and goods received.
CREATE TABLE warehouses (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX warehouses_code ON warehouses (code);

CREATE TABLE stock (
    id INTEGER NOT NULL PRIMARY KEY,
    warehouse_id INTEGER NOT NULL REFERENCES warehouses (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    on_hand INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    CHECK (reserved >= 0 AND on_hand >= reserved)
) STRICT;
CREATE UNIQUE INDEX stock_key ON stock (product_id, warehouse_id);

CREATE TABLE stock_movements (
    id INTEGER NOT NULL PRIMARY KEY,
    stock_id INTEGER NOT NULL REFERENCES stock (id),
    quantity INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    moved_at TEXT NOT NULL,
    -- The receipt or shipment that moved the stock.
    cause_id INTEGER
) STRICT;
CREATE INDEX stock_movements_of_stock ON stock_movements (stock_id, id);

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
