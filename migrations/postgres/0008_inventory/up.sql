-- Stock in base steps, and goods received.
CREATE TABLE warehouses (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX warehouses_code ON warehouses (code);

CREATE TABLE stock (
    id BIGINT NOT NULL PRIMARY KEY,
    warehouse_id BIGINT NOT NULL REFERENCES warehouses (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    on_hand BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    CHECK (reserved >= 0 AND on_hand >= reserved)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX stock_key ON stock (product_id, warehouse_id);

CREATE TABLE stock_movements (
    id BIGINT NOT NULL PRIMARY KEY,
    stock_id BIGINT NOT NULL REFERENCES stock (id),
    quantity BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    moved_at TIMESTAMP NOT NULL,
    -- The receipt or shipment that moved the stock.
    cause_id BIGINT
);
CREATE INDEX stock_movements_of_stock ON stock_movements (stock_id, id);

CREATE TABLE receipts (
    id BIGINT NOT NULL PRIMARY KEY,
    warehouse_id BIGINT NOT NULL REFERENCES warehouses (id),
    received_at TIMESTAMP NOT NULL,
    received_by TEXT NOT NULL
);

CREATE TABLE receipt_lines (
    receipt_id BIGINT NOT NULL REFERENCES receipts (id),
    position INTEGER NOT NULL,
    product_id BIGINT NOT NULL REFERENCES products (id),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (receipt_id, position)
);
