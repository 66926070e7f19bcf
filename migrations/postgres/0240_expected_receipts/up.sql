-- What is expected: of an order at a supplier so much of a product into a warehouse on a day. `state` is `open` while more comes,
-- `received` once all of it came, `closed` when nothing more of it comes.
CREATE TABLE expected_receipts (
    id BIGINT NOT NULL PRIMARY KEY,
    reference TEXT COLLATE "C" NOT NULL,
    reference_key TEXT COLLATE "C" NOT NULL,
    warehouse_id BIGINT NOT NULL REFERENCES warehouses (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    received BIGINT NOT NULL CHECK (received >= 0),
    expected_on DATE NOT NULL,
    supplier TEXT,
    confirmed BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX expected_receipts_key ON expected_receipts (reference_key, warehouse_id, product_id);
CREATE INDEX expected_receipts_of_product ON expected_receipts (product_id, id);
CREATE INDEX expected_receipts_open ON expected_receipts (product_id, expected_on, id) WHERE state = 'open';
CREATE INDEX expected_receipts_by_day ON expected_receipts (expected_on, id);
CREATE INDEX expected_receipts_due ON expected_receipts (expected_on, id) WHERE state = 'open';
CREATE INDEX expected_receipts_of_warehouse ON expected_receipts (warehouse_id);

-- Which receipts made up what was expected.
ALTER TABLE receipt_lines ADD COLUMN expected_receipt_id BIGINT;
CREATE INDEX receipt_lines_of_expected ON receipt_lines (expected_receipt_id) WHERE expected_receipt_id IS NOT NULL;

-- What of a waiting line is promised of what is expected, and for when.
CREATE TABLE order_line_promises (
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    expected_receipt_id BIGINT NOT NULL REFERENCES expected_receipts (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    promised_on DATE NOT NULL,
    PRIMARY KEY (order_line_id, expected_receipt_id)
);
CREATE INDEX order_line_promises_of_expected ON order_line_promises (expected_receipt_id, quantity);
CREATE INDEX order_line_promises_of_product ON order_line_promises (product_id);

-- The day for which what is reserved is promised; of what was reserved before nobody knows it any more.
ALTER TABLE reservations ADD COLUMN promised_on DATE;

-- Products whose promises are to be made again.
CREATE TABLE promises_due (
    product_id BIGINT NOT NULL PRIMARY KEY REFERENCES products (id)
);

-- An account of another tier stands elsewhere in the queue.
CREATE FUNCTION mark_reranked() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO promises_due (product_id) SELECT DISTINCT e.product_id FROM expected_receipts e
        JOIN order_lines l ON l.product_id = e.product_id AND l.backordered > 0
        JOIN orders o ON o.id = l.order_id
        WHERE e.state = ''open'' AND o.account_id = NEW.id ORDER BY e.product_id
        ON CONFLICT (product_id) DO NOTHING;
    RETURN NULL;
END';
CREATE TRIGGER accounts_reranked AFTER UPDATE OF tier ON accounts FOR EACH ROW WHEN (OLD.tier <> NEW.tier)
    EXECUTE FUNCTION mark_reranked();

CREATE FUNCTION note_expected_receipts() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''expected_receipts'', r.id, 0, at_us FROM told r ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''availability'', r.product_id, 0, at_us FROM told r ORDER BY r.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER expected_receipts_noted_insert AFTER INSERT ON expected_receipts REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_expected_receipts();
CREATE TRIGGER expected_receipts_noted_update AFTER UPDATE ON expected_receipts REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_expected_receipts();
CREATE TRIGGER expected_receipts_noted_delete AFTER DELETE ON expected_receipts REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_expected_receipts();
