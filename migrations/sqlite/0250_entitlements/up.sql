-- Who may use which order class, how often a month. `whose` is the key of whom a row is for: `account:ID` or `tier:NAME`.
CREATE TABLE entitlements (
    id INTEGER NOT NULL PRIMARY KEY,
    whose TEXT NOT NULL,
    account_id INTEGER REFERENCES accounts (id),
    tier TEXT,
    order_class TEXT NOT NULL CHECK (order_class IN ('critical', 'priority')),
    per_month INTEGER CHECK (per_month >= 0),
    lines_max INTEGER CHECK (lines_max > 0),
    CHECK ((account_id IS NULL) <> (tier IS NULL))
) STRICT;
CREATE UNIQUE INDEX entitlements_key ON entitlements (whose, order_class);
CREATE INDEX entitlements_of_account ON entitlements (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX entitlements_of_class ON entitlements (order_class);

-- What an account used of a class: orders of the standard class are never counted.
CREATE INDEX orders_of_class ON orders (account_id, order_class, placed_at) WHERE order_class <> 'standard';

-- What becomes of a draft whose class the account may not use: it is refused, or placed as standard.
ALTER TABLE drafts ADD COLUMN if_not_entitled TEXT NOT NULL DEFAULT 'refuse';

CREATE TRIGGER entitlements_noted_insert AFTER INSERT ON entitlements BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'entitlements', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER entitlements_noted_update AFTER UPDATE ON entitlements BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'entitlements', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER entitlements_noted_delete AFTER DELETE ON entitlements BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'entitlements', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
