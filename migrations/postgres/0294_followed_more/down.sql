DROP TRIGGER delivery_windows_noted_insert ON delivery_windows;
DROP TRIGGER delivery_windows_noted_update ON delivery_windows;
DROP TRIGGER delivery_windows_noted_delete ON delivery_windows;
DROP FUNCTION note_delivery_windows();
DROP TRIGGER calendars_noted_insert ON calendars;
DROP TRIGGER calendars_noted_update ON calendars;
DROP TRIGGER calendars_noted_delete ON calendars;
DROP TRIGGER holidays_noted_insert ON holidays;
DROP TRIGGER holidays_noted_delete ON holidays;
DROP FUNCTION note_holidays();
DROP TRIGGER quotas_availability_insert ON quotas;
DROP TRIGGER quotas_availability_update ON quotas;
DROP TRIGGER quotas_availability_delete ON quotas;
DROP FUNCTION note_availability_of_quotas();
DROP TRIGGER products_kept_update ON products;
DROP TRIGGER early_access_kept_insert ON early_access;
DROP TRIGGER early_access_kept_update ON early_access;
DROP TRIGGER early_access_kept_delete ON early_access;
DROP FUNCTION note_kept_by_category();
DROP FUNCTION note_kept_again();
DROP FUNCTION note_kept_anew();
CREATE OR REPLACE FUNCTION note_expected_receipts() RETURNS trigger LANGUAGE plpgsql AS '
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
