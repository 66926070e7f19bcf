-- When a row of a list last changed, by list: written by the triggers below, read by whoever follows a list.
-- `account_id` is whose list it stands in, 0 for a list that belongs to no account. A row with `id` 0 says that the whole list
-- is another one since then. Microseconds since 1970 by the clock of the database.
CREATE TABLE changes (
    list TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    changed_us BIGINT NOT NULL,
    PRIMARY KEY (list, id, account_id)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX changes_of_list ON changes (list, changed_us, id, account_id);
CREATE INDEX changes_of_account ON changes (list, account_id, changed_us, id) WHERE account_id <> 0;

CREATE FUNCTION clock_us() RETURNS BIGINT LANGUAGE sql VOLATILE AS
    'SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)';

-- What changed before there were these triggers is told by no row.
INSERT INTO changes (list, id, account_id, changed_us) VALUES ('', 0, 0, clock_us());

-- Notes the rows of a statement. They are taken in the order of their ids, so that two statements don't wait for each other.
CREATE FUNCTION note_rows() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT TG_ARGV[0], r.id, 0, at_us FROM told r ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';

-- The same of rows that are an account''s.
CREATE FUNCTION note_rows_of_accounts() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT TG_ARGV[0], r.id, COALESCE(r.account_id, 0), at_us FROM told r ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';


-- contacts
CREATE TRIGGER contacts_noted_insert AFTER INSERT ON contacts REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('contacts');
CREATE TRIGGER contacts_noted_update AFTER UPDATE ON contacts REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('contacts');
CREATE TRIGGER contacts_noted_delete AFTER DELETE ON contacts REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('contacts');

-- sites
CREATE TRIGGER sites_noted_insert AFTER INSERT ON sites REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('sites');
CREATE TRIGGER sites_noted_update AFTER UPDATE ON sites REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('sites');
CREATE TRIGGER sites_noted_delete AFTER DELETE ON sites REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('sites');

-- invitations
CREATE TRIGGER invitations_noted_insert AFTER INSERT ON invitations REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('invitations');
CREATE TRIGGER invitations_noted_update AFTER UPDATE ON invitations REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('invitations');
CREATE TRIGGER invitations_noted_delete AFTER DELETE ON invitations REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('invitations');

-- clients
CREATE TRIGGER clients_noted_insert AFTER INSERT ON clients REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('clients');
CREATE TRIGGER clients_noted_update AFTER UPDATE ON clients REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('clients');
CREATE TRIGGER clients_noted_delete AFTER DELETE ON clients REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('clients');

-- orders
CREATE TRIGGER orders_noted_insert AFTER INSERT ON orders REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('orders');
CREATE TRIGGER orders_noted_update AFTER UPDATE ON orders REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('orders');
CREATE TRIGGER orders_noted_delete AFTER DELETE ON orders REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('orders');

-- shipments
CREATE TRIGGER shipments_noted_insert AFTER INSERT ON shipments REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('shipments');
CREATE TRIGGER shipments_noted_update AFTER UPDATE ON shipments REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('shipments');
CREATE TRIGGER shipments_noted_delete AFTER DELETE ON shipments REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('shipments');

-- payments
CREATE TRIGGER payments_noted_insert AFTER INSERT ON payments REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('payments');
CREATE TRIGGER payments_noted_update AFTER UPDATE ON payments REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('payments');
CREATE TRIGGER payments_noted_delete AFTER DELETE ON payments REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('payments');

-- price_lists
CREATE TRIGGER price_lists_noted_insert AFTER INSERT ON price_lists REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('price_lists');
CREATE TRIGGER price_lists_noted_update AFTER UPDATE ON price_lists REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('price_lists');
CREATE TRIGGER price_lists_noted_delete AFTER DELETE ON price_lists REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('price_lists');

-- prices
CREATE TRIGGER prices_noted_insert AFTER INSERT ON prices REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('prices');
CREATE TRIGGER prices_noted_update AFTER UPDATE ON prices REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('prices');
CREATE TRIGGER prices_noted_delete AFTER DELETE ON prices REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('prices');

-- accounts
CREATE TRIGGER accounts_noted_insert AFTER INSERT ON accounts REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('accounts');
CREATE TRIGGER accounts_noted_update AFTER UPDATE ON accounts REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('accounts');
CREATE TRIGGER accounts_noted_delete AFTER DELETE ON accounts REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('accounts');

-- Notes one row.
CREATE FUNCTION note_row() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) VALUES (TG_ARGV[0], COALESCE(NEW.id, OLD.id), 0, clock_us())
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE FUNCTION note_row_of_account() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        VALUES (TG_ARGV[0], COALESCE(NEW.id, OLD.id), COALESCE(NEW.account_id, OLD.account_id, 0), clock_us())
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';

-- bulk_jobs: what no list shows changes often.
CREATE TRIGGER bulk_jobs_noted_insert AFTER INSERT ON bulk_jobs FOR EACH ROW
    WHEN (NEW.state <> 'receiving')
    EXECUTE FUNCTION note_row_of_account('bulk_jobs');
CREATE TRIGGER bulk_jobs_noted_update AFTER UPDATE ON bulk_jobs FOR EACH ROW
    WHEN ((OLD.state, OLD.done_count, OLD.row_count, OLD.version, OLD.failure, OLD.begun_at, OLD.ended_at) IS DISTINCT FROM (NEW.state, NEW.done_count, NEW.row_count, NEW.version, NEW.failure, NEW.begun_at, NEW.ended_at) AND NEW.state <> 'receiving')
    EXECUTE FUNCTION note_row_of_account('bulk_jobs');
CREATE TRIGGER bulk_jobs_noted_delete AFTER DELETE ON bulk_jobs FOR EACH ROW
    WHEN (OLD.state <> 'receiving')
    EXECUTE FUNCTION note_row_of_account('bulk_jobs');

-- imports: what no list shows changes often.
CREATE TRIGGER import_runs_noted_insert AFTER INSERT ON import_runs FOR EACH ROW
    EXECUTE FUNCTION note_row('imports');
CREATE TRIGGER import_runs_noted_update AFTER UPDATE ON import_runs FOR EACH ROW
    WHEN ((OLD.state, OLD.changed_at, OLD.step, OLD.done_count, OLD.total_count, OLD.bad_count, OLD.applied_by, OLD.report, OLD.failure) IS DISTINCT FROM (NEW.state, NEW.changed_at, NEW.step, NEW.done_count, NEW.total_count, NEW.bad_count, NEW.applied_by, NEW.report, NEW.failure))
    EXECUTE FUNCTION note_row('imports');
CREATE TRIGGER import_runs_noted_delete AFTER DELETE ON import_runs FOR EACH ROW
    EXECUTE FUNCTION note_row('imports');

-- messages: what no list shows changes often.
CREATE TRIGGER messages_noted_insert AFTER INSERT ON messages FOR EACH ROW
    EXECUTE FUNCTION note_row_of_account('messages');
CREATE TRIGGER messages_noted_update AFTER UPDATE ON messages FOR EACH ROW
    WHEN ((OLD.state, OLD.subject, OLD.attempts, OLD.last_error, OLD.next_attempt_at, OLD.sent_at) IS DISTINCT FROM (NEW.state, NEW.subject, NEW.attempts, NEW.last_error, NEW.next_attempt_at, NEW.sent_at))
    EXECUTE FUNCTION note_row_of_account('messages');
CREATE TRIGGER messages_noted_delete AFTER DELETE ON messages FOR EACH ROW
    EXECUTE FUNCTION note_row_of_account('messages');

-- webhook_endpoints: what no list shows changes often.
CREATE TRIGGER webhook_endpoints_noted_insert AFTER INSERT ON webhook_endpoints FOR EACH ROW
    EXECUTE FUNCTION note_row_of_account('webhook_endpoints');
CREATE TRIGGER webhook_endpoints_noted_update AFTER UPDATE ON webhook_endpoints FOR EACH ROW
    WHEN ((OLD.version, OLD.state, OLD.disabled_because, OLD.failing_since) IS DISTINCT FROM (NEW.version, NEW.state, NEW.disabled_because, NEW.failing_since))
    EXECUTE FUNCTION note_row_of_account('webhook_endpoints');
CREATE TRIGGER webhook_endpoints_noted_delete AFTER DELETE ON webhook_endpoints FOR EACH ROW
    EXECUTE FUNCTION note_row_of_account('webhook_endpoints');

-- punchout_documents: what no list shows changes often.
CREATE TRIGGER punchout_documents_noted_insert AFTER INSERT ON punchout_documents FOR EACH ROW
    EXECUTE FUNCTION note_row_of_account('punchout_documents');
CREATE TRIGGER punchout_documents_noted_update AFTER UPDATE ON punchout_documents FOR EACH ROW
    WHEN ((OLD.status, OLD.status_text, OLD.state, OLD.attempts, OLD.answer) IS DISTINCT FROM (NEW.status, NEW.status_text, NEW.state, NEW.attempts, NEW.answer))
    EXECUTE FUNCTION note_row_of_account('punchout_documents');
CREATE TRIGGER punchout_documents_noted_delete AFTER DELETE ON punchout_documents FOR EACH ROW
    EXECUTE FUNCTION note_row_of_account('punchout_documents');

-- people: what no list shows changes often.
CREATE TRIGGER people_noted_insert AFTER INSERT ON people FOR EACH ROW
    WHEN (NEW.ended_at IS NULL)
    EXECUTE FUNCTION note_row_of_account('people');
CREATE TRIGGER people_noted_update AFTER UPDATE ON people FOR EACH ROW
    WHEN ((OLD.email, OLD.name, OLD.ended_at, OLD.locale, OLD.version, OLD.last_sign_in_at) IS DISTINCT FROM (NEW.email, NEW.name, NEW.ended_at, NEW.locale, NEW.version, NEW.last_sign_in_at) AND (OLD.ended_at IS NULL OR NEW.ended_at IS NULL))
    EXECUTE FUNCTION note_row_of_account('people');
CREATE TRIGGER people_noted_delete AFTER DELETE ON people FOR EACH ROW
    EXECUTE FUNCTION note_row_of_account('people');

-- people, of person_roles
CREATE FUNCTION note_people_by_person_roles() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''people'', p.id, COALESCE(p.account_id, 0), at_us FROM told r JOIN people p ON p.id = r.person_id ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER person_roles_noted_insert AFTER INSERT ON person_roles REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_people_by_person_roles();
CREATE TRIGGER person_roles_noted_delete AFTER DELETE ON person_roles REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_people_by_person_roles();

-- people, of person_sites
CREATE FUNCTION note_people_by_person_sites() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''people'', p.id, COALESCE(p.account_id, 0), at_us FROM told r JOIN people p ON p.id = r.person_id ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER person_sites_noted_insert AFTER INSERT ON person_sites REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_people_by_person_sites();
CREATE TRIGGER person_sites_noted_delete AFTER DELETE ON person_sites REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_people_by_person_sites();

-- people, of passkeys
CREATE FUNCTION note_people_by_passkeys() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''people'', p.id, COALESCE(p.account_id, 0), at_us FROM told r JOIN people p ON p.id = r.person_id ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER passkeys_noted_insert AFTER INSERT ON passkeys REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_people_by_passkeys();
CREATE TRIGGER passkeys_noted_delete AFTER DELETE ON passkeys REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_people_by_passkeys();

-- people, of second_factors
CREATE FUNCTION note_people_by_second_factors() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''people'', p.id, COALESCE(p.account_id, 0), at_us FROM told r JOIN people p ON p.id = r.person_id ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER second_factors_noted_insert AFTER INSERT ON second_factors REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_people_by_second_factors();
CREATE TRIGGER second_factors_noted_update AFTER UPDATE ON second_factors REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_people_by_second_factors();
CREATE TRIGGER second_factors_noted_delete AFTER DELETE ON second_factors REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_people_by_second_factors();

-- clients, of client_secrets
CREATE FUNCTION note_clients_by_secrets() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''clients'', c.id, COALESCE(c.account_id, 0), at_us FROM told r JOIN clients c ON c.id = r.client_id ORDER BY c.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER client_secrets_noted_insert AFTER INSERT ON client_secrets REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_clients_by_secrets();
CREATE TRIGGER client_secrets_noted_update AFTER UPDATE ON client_secrets REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_clients_by_secrets();
CREATE TRIGGER client_secrets_noted_delete AFTER DELETE ON client_secrets REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_clients_by_secrets();

-- orders, of order_lines
CREATE FUNCTION note_orders_by_lines() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''orders'', o.id, o.account_id, at_us FROM told r JOIN orders o ON o.id = r.order_id ORDER BY o.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER order_lines_noted_update AFTER UPDATE ON order_lines REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_orders_by_lines();

-- invoices, of open_items
CREATE FUNCTION note_invoices_by_open_items() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''invoices'', r.invoice_id, r.account_id, at_us FROM told r ORDER BY r.invoice_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER open_items_noted_insert AFTER INSERT ON open_items REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_invoices_by_open_items();
CREATE TRIGGER open_items_noted_update AFTER UPDATE ON open_items REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_invoices_by_open_items();
CREATE TRIGGER open_items_noted_delete AFTER DELETE ON open_items REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_invoices_by_open_items();

-- invoices
CREATE TRIGGER invoices_noted_insert AFTER INSERT ON invoices REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('invoices');

-- products as the supplier keeps them, and catalogue: as accounts see them
CREATE FUNCTION note_products() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''products'', r.id, 0, at_us FROM told r ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''catalogue'', r.id, COALESCE(r.exclusive_account_id, 0), at_us FROM told r ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE FUNCTION note_left_products() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''catalogue'', r.id, COALESCE(r.exclusive_account_id, 0), at_us FROM told r JOIN now_are n ON n.id = r.id WHERE r.exclusive_account_id IS DISTINCT FROM n.exclusive_account_id ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER products_noted_insert AFTER INSERT ON products REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_products();
CREATE TRIGGER products_noted_update AFTER UPDATE ON products REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_products();
CREATE TRIGGER products_noted_delete AFTER DELETE ON products REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_products();
CREATE TRIGGER products_noted_leaving AFTER UPDATE ON products REFERENCING OLD TABLE AS told NEW TABLE AS now_are
    FOR EACH STATEMENT EXECUTE FUNCTION note_left_products();

-- The first row of an assortment narrows what the account sees, the last one that goes opens it: the whole list is another.
CREATE FUNCTION note_assortment() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''assortment'', r.id, r.account_id, at_us FROM told r ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''catalogue'', r.product_id, r.account_id, at_us FROM told r ORDER BY 2, 3
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    IF TG_OP <> ''UPDATE'' THEN
    -- Of two that remove the last articles at once the second counts after the first.
    PERFORM 1 FROM accounts a WHERE a.id IN (SELECT r.account_id FROM told r) ORDER BY a.id FOR NO KEY UPDATE;
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''catalogue'', 0, t.account_id, at_us FROM (SELECT r.account_id, COUNT(*) AS n FROM told r GROUP BY r.account_id) t
            WHERE (SELECT COUNT(*) FROM assortment a WHERE a.account_id = t.account_id) = CASE TG_OP WHEN ''INSERT'' THEN t.n ELSE 0 END
            ORDER BY t.account_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    END IF;
    RETURN NULL;
END';
CREATE TRIGGER assortment_noted_insert AFTER INSERT ON assortment REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_assortment();
CREATE TRIGGER assortment_noted_update AFTER UPDATE ON assortment REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_assortment();
CREATE TRIGGER assortment_noted_delete AFTER DELETE ON assortment REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_assortment();

-- stock, and availability: of articles as accounts see them
CREATE FUNCTION note_stock() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''stock'', r.id, 0, at_us FROM told r ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''availability'', p.id, COALESCE(p.exclusive_account_id, 0), at_us FROM told r JOIN products p ON p.id = r.product_id ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER stock_noted_insert AFTER INSERT ON stock REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_stock();
CREATE TRIGGER stock_noted_update AFTER UPDATE ON stock REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_stock();
CREATE TRIGGER stock_noted_delete AFTER DELETE ON stock REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_stock();

-- catalogue, of packs
CREATE FUNCTION note_units() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''catalogue'', p.id, COALESCE(r.account_id, p.exclusive_account_id, 0), at_us FROM told r JOIN products p ON p.id = r.product_id ORDER BY 2, 3
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER sale_units_noted_insert AFTER INSERT ON sale_units REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_units();
CREATE TRIGGER sale_units_noted_update AFTER UPDATE ON sale_units REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_units();
CREATE TRIGGER sale_units_noted_delete AFTER DELETE ON sale_units REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_units();

-- accounts, of team_members: the list shows who manages them
CREATE FUNCTION note_accounts_by_team() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''accounts'', r.account_id, 0, at_us FROM told r ORDER BY 2
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER team_members_noted_insert AFTER INSERT ON team_members REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_accounts_by_team();
CREATE TRIGGER team_members_noted_update AFTER UPDATE ON team_members REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_accounts_by_team();
CREATE TRIGGER team_members_noted_delete AFTER DELETE ON team_members REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_accounts_by_team();
