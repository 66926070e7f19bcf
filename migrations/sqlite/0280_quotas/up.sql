-- Stock that is kept for an account or for the accounts of a tier together, of an article or of each article of a category.
CREATE TABLE quotas (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    product_id INTEGER REFERENCES products (id),
    category TEXT,
    account_id INTEGER REFERENCES accounts (id),
    tier TEXT,
    period TEXT NOT NULL,
    quantity_micros INTEGER NOT NULL CHECK (quantity_micros > 0),
    released_after_days INTEGER CHECK (released_after_days >= 0),
    freed_until TEXT,
    CHECK ((product_id IS NULL) <> (category IS NULL)),
    CHECK ((account_id IS NULL) <> (tier IS NULL))
) STRICT;
CREATE UNIQUE INDEX quotas_code ON quotas (code);
CREATE INDEX quotas_of_product ON quotas (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX quotas_of_category ON quotas (category) WHERE category IS NOT NULL;
CREATE INDEX quotas_of_account ON quotas (account_id) WHERE account_id IS NOT NULL;

-- What lines drew of a quota in the period that begins on a day. What a line gave back since counts no more: of each row no more
-- is drawn than the line has.
CREATE TABLE quota_uses (
    quota_id INTEGER NOT NULL REFERENCES quotas (id),
    starts_on TEXT NOT NULL,
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (quota_id, starts_on, order_line_id)
) STRICT;
CREATE INDEX quota_uses_of_line ON quota_uses (order_line_id);

-- How an article, or what has no mode of its own in a category, is shared where it does not suffice.
CREATE TABLE allocation_modes (
    id INTEGER NOT NULL PRIMARY KEY,
    product_id INTEGER REFERENCES products (id),
    category TEXT,
    mode TEXT NOT NULL,
    CHECK ((product_id IS NULL) <> (category IS NULL))
) STRICT;
CREATE UNIQUE INDEX allocation_modes_of_product ON allocation_modes (product_id) WHERE product_id IS NOT NULL;
CREATE UNIQUE INDEX allocation_modes_of_category ON allocation_modes (category) WHERE category IS NOT NULL;

-- What others see change.
CREATE TRIGGER quotas_noted_insert AFTER INSERT ON quotas BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'quotas', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER quotas_noted_update AFTER UPDATE ON quotas BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'quotas', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER quotas_noted_delete AFTER DELETE ON quotas BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'quotas', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER allocation_modes_noted_insert AFTER INSERT ON allocation_modes BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'allocation_modes', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER allocation_modes_noted_update AFTER UPDATE ON allocation_modes BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'allocation_modes', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER allocation_modes_noted_delete AFTER DELETE ON allocation_modes BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'allocation_modes', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
