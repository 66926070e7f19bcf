-- What an order of an account must come to at least, without tax; minor units of the account's currency.
CREATE TABLE order_minimums (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    minimum_minor INTEGER NOT NULL CHECK (minimum_minor > 0)
) STRICT;
CREATE UNIQUE INDEX order_minimums_account ON order_minimums (account_id);

CREATE TRIGGER order_minimums_noted_insert AFTER INSERT ON order_minimums BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'order_minimums', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER order_minimums_noted_update AFTER UPDATE ON order_minimums BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'order_minimums', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER order_minimums_noted_delete AFTER DELETE ON order_minimums BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'order_minimums', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
