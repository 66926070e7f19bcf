-- What products cost the supplier, and how little may be earned of them. None of it is ever told to an account.
CREATE TABLE product_costs (
    id INTEGER NOT NULL PRIMARY KEY,
    product_id INTEGER NOT NULL REFERENCES products (id),
    currency TEXT NOT NULL,
    valid_from TEXT NOT NULL DEFAULT '0001-01-01',
    -- Millionths of the major unit for one base unit.
    cost_micros INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX product_costs_key ON product_costs (product_id, currency, valid_from);

CREATE TABLE margin_floors (
    id INTEGER NOT NULL PRIMARY KEY,
    -- Empty: of all categories without one of their own.
    category TEXT NOT NULL,
    percent_ppm INTEGER NOT NULL,
    action TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX margin_floors_category ON margin_floors (category);

CREATE TRIGGER product_costs_noted_insert AFTER INSERT ON product_costs BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'product_costs', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER product_costs_noted_update AFTER UPDATE ON product_costs BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'product_costs', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER product_costs_noted_delete AFTER DELETE ON product_costs BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'product_costs', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
