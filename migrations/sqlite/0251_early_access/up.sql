-- Articles and categories that some see and order earlier. `what` and `whose` are the keys of a row: `product:ID` or
-- `category:NAME`, and `account:ID`, `tier:NAME` or nothing for everybody.
CREATE TABLE early_access (
    id INTEGER NOT NULL PRIMARY KEY,
    what TEXT NOT NULL,
    whose TEXT NOT NULL,
    product_id INTEGER REFERENCES products (id),
    category TEXT,
    account_id INTEGER REFERENCES accounts (id),
    tier TEXT,
    from_day TEXT NOT NULL,
    CHECK ((product_id IS NULL) <> (category IS NULL)),
    CHECK (account_id IS NULL OR tier IS NULL)
) STRICT;
CREATE UNIQUE INDEX early_access_key ON early_access (what, whose);
CREATE INDEX early_access_of_product ON early_access (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX early_access_of_category ON early_access (category) WHERE category IS NOT NULL;
CREATE INDEX early_access_of_account ON early_access (account_id) WHERE account_id IS NOT NULL;

-- Who sees an article, or from when it is ordered, is another: the catalogue of everybody who might see it.
CREATE TRIGGER early_access_noted_insert AFTER INSERT ON early_access BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'early_access', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id OR p.category = NEW.category
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER early_access_noted_update AFTER UPDATE ON early_access BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'early_access', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id OR p.category = NEW.category
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER early_access_noted_delete AFTER DELETE ON early_access BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'early_access', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = OLD.product_id OR p.category = OLD.category
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
