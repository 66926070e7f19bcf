-- What is expected: of an order at a supplier so much of a product into a warehouse on a day. `state` is `open` while more comes,
-- `received` once all of it came, `closed` when nothing more of it comes.
CREATE TABLE expected_receipts (
    id INTEGER NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    reference_key TEXT NOT NULL,
    warehouse_id INTEGER NOT NULL REFERENCES warehouses (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    received INTEGER NOT NULL CHECK (received >= 0),
    expected_on TEXT NOT NULL,
    supplier TEXT,
    confirmed INTEGER NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX expected_receipts_key ON expected_receipts (reference_key, warehouse_id, product_id);
CREATE INDEX expected_receipts_of_product ON expected_receipts (product_id, id);
CREATE INDEX expected_receipts_open ON expected_receipts (product_id, expected_on, id) WHERE state = 'open';
CREATE INDEX expected_receipts_by_day ON expected_receipts (expected_on, id);
CREATE INDEX expected_receipts_due ON expected_receipts (expected_on, id) WHERE state = 'open';
CREATE INDEX expected_receipts_of_warehouse ON expected_receipts (warehouse_id);

-- Which receipts made up what was expected.
ALTER TABLE receipt_lines ADD COLUMN expected_receipt_id INTEGER;
CREATE INDEX receipt_lines_of_expected ON receipt_lines (expected_receipt_id) WHERE expected_receipt_id IS NOT NULL;

-- What of a waiting line is promised of what is expected, and for when.
CREATE TABLE order_line_promises (
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    expected_receipt_id INTEGER NOT NULL REFERENCES expected_receipts (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    promised_on TEXT NOT NULL,
    PRIMARY KEY (order_line_id, expected_receipt_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_line_promises_of_expected ON order_line_promises (expected_receipt_id, quantity);
CREATE INDEX order_line_promises_of_product ON order_line_promises (product_id);

-- The day for which what is reserved is promised; of what was reserved before nobody knows it any more.
ALTER TABLE reservations ADD COLUMN promised_on TEXT;

-- Products whose promises are to be made again.
CREATE TABLE promises_due (
    product_id INTEGER NOT NULL PRIMARY KEY REFERENCES products (id)
) STRICT;

-- An account of another tier stands elsewhere in the queue.
CREATE TRIGGER accounts_reranked AFTER UPDATE OF tier ON accounts WHEN OLD.tier <> NEW.tier BEGIN
    INSERT INTO promises_due (product_id) SELECT DISTINCT e.product_id FROM expected_receipts e
        CROSS JOIN order_lines l ON l.product_id = e.product_id AND l.backordered > 0
        CROSS JOIN orders o ON o.id = l.order_id
        WHERE e.state = 'open' AND o.account_id = NEW.id
        ON CONFLICT (product_id) DO NOTHING;
END;

CREATE TRIGGER expected_receipts_noted_insert AFTER INSERT ON expected_receipts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'expected_receipts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', NEW.product_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER expected_receipts_noted_update AFTER UPDATE ON expected_receipts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'expected_receipts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', NEW.product_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER expected_receipts_noted_delete AFTER DELETE ON expected_receipts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'expected_receipts', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', OLD.product_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
