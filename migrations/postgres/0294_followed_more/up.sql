-- Calendars are edited one by one, so who follows them hears of each; a day off that comes or goes changes its calendar.
CREATE TRIGGER calendars_noted_insert AFTER INSERT ON calendars REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('calendars');
CREATE TRIGGER calendars_noted_update AFTER UPDATE ON calendars REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('calendars');
CREATE TRIGGER calendars_noted_delete AFTER DELETE ON calendars REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('calendars');
CREATE FUNCTION note_holidays() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''calendars'', r.calendar_id, 0, at_us FROM told r ORDER BY r.calendar_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER holidays_noted_insert AFTER INSERT ON holidays REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_holidays();
CREATE TRIGGER holidays_noted_delete AFTER DELETE ON holidays REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_holidays();

-- What is kept for some is not there for others: the availability of its articles is another once a quota is.
CREATE FUNCTION note_availability_of_quotas() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''availability'', p.id, COALESCE(p.exclusive_account_id, 0), at_us FROM told r
        JOIN products p ON p.id = r.product_id OR p.category = r.category ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER quotas_availability_insert AFTER INSERT ON quotas REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_availability_of_quotas();
CREATE TRIGGER quotas_availability_update AFTER UPDATE ON quotas REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_availability_of_quotas();
CREATE TRIGGER quotas_availability_delete AFTER DELETE ON quotas REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_availability_of_quotas();

-- From whom an article is kept from now on is told so once, by a note of its own: what is done to the article later, or was kept from it
-- all along, is told to nobody who does not see it.
CREATE FUNCTION note_kept_anew() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''catalogue'', p.id, a.id, at_us FROM told r JOIN products p ON p.id = r.product_id OR p.category = r.category
        JOIN accounts a ON COALESCE(p.exclusive_account_id, a.id) = a.id AND (NOT EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id) OR EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id AND m.product_id = p.id)) WHERE NOT EXISTS (SELECT 1 FROM early_access o
        WHERE o.id NOT IN (SELECT t.id FROM told t) AND (o.product_id = p.id OR o.category = p.category)) ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE FUNCTION note_kept_again() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''catalogue'', p.id, a.id, at_us FROM told r JOIN products p ON p.id = r.product_id OR p.category = r.category
        JOIN accounts a ON a.id = r.account_id OR a.tier = r.tier OR (r.account_id IS NULL AND r.tier IS NULL)
        WHERE COALESCE(p.exclusive_account_id, a.id) = a.id AND (NOT EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id) OR EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id AND m.product_id = p.id)) ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE FUNCTION note_kept_by_category() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''catalogue'', NEW.id, a.id, at_us FROM accounts a WHERE EXISTS (SELECT 1 FROM early_access e
        WHERE e.category = NEW.category) AND COALESCE(NEW.exclusive_account_id, a.id) = a.id AND (NOT EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id) OR EXISTS (SELECT 1 FROM assortment m WHERE m.account_id = a.id AND m.product_id = NEW.id))
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER early_access_kept_insert AFTER INSERT ON early_access REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_kept_anew();
CREATE TRIGGER early_access_kept_update AFTER UPDATE ON early_access REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_kept_again();
CREATE TRIGGER early_access_kept_delete AFTER DELETE ON early_access REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_kept_again();
CREATE TRIGGER products_kept_update AFTER UPDATE OF category ON products FOR EACH ROW
    WHEN (OLD.category IS DISTINCT FROM NEW.category) EXECUTE FUNCTION note_kept_by_category();

-- What is expected of an article that is one account's alone is told to nobody else.
CREATE OR REPLACE FUNCTION note_expected_receipts() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''expected_receipts'', r.id, 0, at_us FROM told r ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''availability'', p.id, COALESCE(p.exclusive_account_id, 0), at_us FROM told r
        JOIN products p ON p.id = r.product_id ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';

-- When a site takes goods in is told with the site.
CREATE FUNCTION note_delivery_windows() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''sites'', r.site_id, r.account_id, at_us FROM told r ORDER BY r.site_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER delivery_windows_noted_insert AFTER INSERT ON delivery_windows REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_delivery_windows();
CREATE TRIGGER delivery_windows_noted_update AFTER UPDATE ON delivery_windows REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_delivery_windows();
CREATE TRIGGER delivery_windows_noted_delete AFTER DELETE ON delivery_windows REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_delivery_windows();
