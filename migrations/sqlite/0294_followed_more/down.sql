DROP TRIGGER delivery_windows_noted_insert;
DROP TRIGGER delivery_windows_noted_update;
DROP TRIGGER delivery_windows_noted_delete;
DROP TRIGGER expected_receipts_noted_insert;
CREATE TRIGGER expected_receipts_noted_insert AFTER INSERT ON expected_receipts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'expected_receipts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', NEW.product_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
DROP TRIGGER expected_receipts_noted_update;
CREATE TRIGGER expected_receipts_noted_update AFTER UPDATE ON expected_receipts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'expected_receipts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', NEW.product_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
DROP TRIGGER expected_receipts_noted_delete;
CREATE TRIGGER expected_receipts_noted_delete AFTER DELETE ON expected_receipts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'expected_receipts', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', OLD.product_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
DROP TRIGGER products_kept_update;
DROP TRIGGER early_access_kept_delete;
DROP TRIGGER early_access_kept_update;
DROP TRIGGER early_access_kept_insert;
DROP TRIGGER quotas_availability_delete;
DROP TRIGGER quotas_availability_update;
DROP TRIGGER quotas_availability_insert;
DROP TRIGGER holidays_noted_delete;
DROP TRIGGER holidays_noted_insert;
DROP TRIGGER calendars_noted_delete;
DROP TRIGGER calendars_noted_update;
DROP TRIGGER calendars_noted_insert;
