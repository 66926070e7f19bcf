-- Calendars are edited one by one, so who follows them hears of each; a day off that comes or goes changes its calendar.
CREATE TRIGGER calendars_noted_insert AFTER INSERT ON calendars BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'calendars', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER calendars_noted_update AFTER UPDATE ON calendars BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'calendars', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER calendars_noted_delete AFTER DELETE ON calendars BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'calendars', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER holidays_noted_insert AFTER INSERT ON holidays BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'calendars', NEW.calendar_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER holidays_noted_delete AFTER DELETE ON holidays BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'calendars', OLD.calendar_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- What is kept for some is not there for others: the availability of its articles is another once a quota is.
CREATE TRIGGER quotas_availability_insert AFTER INSERT ON quotas BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id OR p.category = NEW.category
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER quotas_availability_update AFTER UPDATE ON quotas BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id OR p.category = NEW.category
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER quotas_availability_delete AFTER DELETE ON quotas BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = OLD.product_id OR p.category = OLD.category
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- From whom an article is kept from now on is told so once, by a note of its own: what is done to the article later, or was kept from it
-- all along, is told to nobody who does not see it.
CREATE TRIGGER early_access_kept_insert AFTER INSERT ON early_access BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', p.id, a.id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p JOIN accounts a WHERE (p.id = NEW.product_id OR p.category = NEW.category) AND COALESCE(p.exclusive_account_id, a.id) = a.id AND (NOT EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id) OR EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id AND m.product_id = p.id)) AND NOT EXISTS (SELECT 1 FROM early_access o WHERE o.id <> NEW.id AND (o.product_id = p.id OR o.category = p.category))
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER early_access_kept_update AFTER UPDATE ON early_access BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', p.id, a.id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p JOIN accounts a WHERE (p.id = OLD.product_id OR p.category = OLD.category) AND (a.id = OLD.account_id OR a.tier = OLD.tier OR (OLD.account_id IS NULL AND OLD.tier IS NULL)) AND COALESCE(p.exclusive_account_id, a.id) = a.id AND (NOT EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id) OR EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id AND m.product_id = p.id))
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER early_access_kept_delete AFTER DELETE ON early_access BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', p.id, a.id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p JOIN accounts a WHERE (p.id = OLD.product_id OR p.category = OLD.category) AND (a.id = OLD.account_id OR a.tier = OLD.tier OR (OLD.account_id IS NULL AND OLD.tier IS NULL)) AND COALESCE(p.exclusive_account_id, a.id) = a.id AND (NOT EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id) OR EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id AND m.product_id = p.id))
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER products_kept_update AFTER UPDATE OF category ON products WHEN OLD.category IS NOT NEW.category BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', NEW.id, a.id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM accounts a WHERE EXISTS (SELECT 1 FROM early_access e WHERE e.category = NEW.category) AND COALESCE(NEW.exclusive_account_id, a.id) = a.id AND (NOT EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id) OR EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id AND m.product_id = NEW.id))
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- What is expected of an article that is one account's alone is told to nobody else.
DROP TRIGGER expected_receipts_noted_insert;
CREATE TRIGGER expected_receipts_noted_insert AFTER INSERT ON expected_receipts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'expected_receipts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
DROP TRIGGER expected_receipts_noted_update;
CREATE TRIGGER expected_receipts_noted_update AFTER UPDATE ON expected_receipts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'expected_receipts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
DROP TRIGGER expected_receipts_noted_delete;
CREATE TRIGGER expected_receipts_noted_delete AFTER DELETE ON expected_receipts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'expected_receipts', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = OLD.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- When a site takes goods in is told with the site.
CREATE TRIGGER delivery_windows_noted_insert AFTER INSERT ON delivery_windows BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'sites', NEW.site_id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER delivery_windows_noted_update AFTER UPDATE ON delivery_windows BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'sites', NEW.site_id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER delivery_windows_noted_delete AFTER DELETE ON delivery_windows BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'sites', OLD.site_id, OLD.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
