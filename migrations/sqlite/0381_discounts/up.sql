-- What is taken off the price of a line, in the order of `position` and code. `value` is parts per million, or millionths of the
-- currency for each base unit. Without an account it is every account's.
CREATE TABLE discounts (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    code_key TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('percent', 'amount')),
    value INTEGER NOT NULL CHECK (value > 0),
    mode TEXT NOT NULL CHECK (mode IN ('compound', 'additive')),
    account_id INTEGER REFERENCES accounts (id),
    category TEXT,
    order_class TEXT,
    currency TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    CHECK (kind <> 'percent' OR value <= 1000000),
    CHECK ((kind = 'amount') = (currency IS NOT NULL)),
    CHECK (valid_from <= valid_to)
) STRICT;
CREATE UNIQUE INDEX discounts_code ON discounts (code);
CREATE UNIQUE INDEX discounts_code_key ON discounts (code_key);
CREATE INDEX discounts_of_account ON discounts (account_id);

CREATE TRIGGER discounts_noted_insert AFTER INSERT ON discounts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'discounts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER discounts_noted_update AFTER UPDATE ON discounts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'discounts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER discounts_noted_delete AFTER DELETE ON discounts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'discounts', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
