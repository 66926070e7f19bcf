-- What is offered instead of an article: its successor, or an alternative. The ratio is how many base units of the substitute
-- stand for one base unit of the article, in millionths.
CREATE TABLE substitutes (
    id INTEGER NOT NULL PRIMARY KEY,
    product_id INTEGER NOT NULL REFERENCES products (id),
    substitute_id INTEGER NOT NULL REFERENCES products (id),
    kind TEXT NOT NULL,
    ratio_micros INTEGER NOT NULL CHECK (ratio_micros > 0),
    CHECK (product_id <> substitute_id)
) STRICT;
CREATE UNIQUE INDEX substitutes_key ON substitutes (product_id, substitute_id);
CREATE INDEX substitutes_by_substitute ON substitutes (substitute_id);

CREATE TRIGGER substitutes_noted_insert AFTER INSERT ON substitutes BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'substitutes', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER substitutes_noted_update AFTER UPDATE ON substitutes BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'substitutes', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER substitutes_noted_delete AFTER DELETE ON substitutes BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'substitutes', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
