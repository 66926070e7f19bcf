-- When a row of a list last changed, by list: written by the triggers below, read by whoever follows a list.
-- `account_id` is whose list it stands in, 0 for a list that belongs to no account. A row with `id` 0 says that the whole list
-- is another one since then. Microseconds since 1970 by the clock of the database.
CREATE TABLE changes (
    list TEXT NOT NULL,
    id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    changed_us INTEGER NOT NULL,
    PRIMARY KEY (list, id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_of_list ON changes (list, changed_us, id, account_id);
CREATE INDEX changes_of_account ON changes (list, account_id, changed_us, id) WHERE account_id <> 0;

-- What changed before there were these triggers is told by no row.
INSERT INTO changes (list, id, account_id, changed_us) VALUES ('', 0, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000);


-- contacts
CREATE TRIGGER contacts_noted_insert AFTER INSERT ON contacts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'contacts', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER contacts_noted_update AFTER UPDATE ON contacts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'contacts', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER contacts_noted_delete AFTER DELETE ON contacts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'contacts', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- sites
CREATE TRIGGER sites_noted_insert AFTER INSERT ON sites BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'sites', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER sites_noted_update AFTER UPDATE ON sites BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'sites', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER sites_noted_delete AFTER DELETE ON sites BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'sites', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- invitations
CREATE TRIGGER invitations_noted_insert AFTER INSERT ON invitations BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'invitations', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER invitations_noted_update AFTER UPDATE ON invitations BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'invitations', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER invitations_noted_delete AFTER DELETE ON invitations BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'invitations', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- clients
CREATE TRIGGER clients_noted_insert AFTER INSERT ON clients BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'clients', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER clients_noted_update AFTER UPDATE ON clients BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'clients', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER clients_noted_delete AFTER DELETE ON clients BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'clients', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- orders
CREATE TRIGGER orders_noted_insert AFTER INSERT ON orders BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'orders', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER orders_noted_update AFTER UPDATE ON orders BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'orders', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER orders_noted_delete AFTER DELETE ON orders BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'orders', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- shipments
CREATE TRIGGER shipments_noted_insert AFTER INSERT ON shipments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'shipments', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER shipments_noted_update AFTER UPDATE ON shipments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'shipments', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER shipments_noted_delete AFTER DELETE ON shipments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'shipments', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- payments
CREATE TRIGGER payments_noted_insert AFTER INSERT ON payments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'payments', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER payments_noted_update AFTER UPDATE ON payments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'payments', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER payments_noted_delete AFTER DELETE ON payments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'payments', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- price_lists
CREATE TRIGGER price_lists_noted_insert AFTER INSERT ON price_lists BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'price_lists', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER price_lists_noted_update AFTER UPDATE ON price_lists BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'price_lists', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER price_lists_noted_delete AFTER DELETE ON price_lists BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'price_lists', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- prices
CREATE TRIGGER prices_noted_insert AFTER INSERT ON prices BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'prices', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER prices_noted_update AFTER UPDATE ON prices BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'prices', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER prices_noted_delete AFTER DELETE ON prices BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'prices', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- accounts
CREATE TRIGGER accounts_noted_insert AFTER INSERT ON accounts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'accounts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER accounts_noted_update AFTER UPDATE ON accounts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'accounts', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER accounts_noted_delete AFTER DELETE ON accounts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'accounts', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- bulk_jobs: what no list shows changes often.
CREATE TRIGGER bulk_jobs_noted_insert AFTER INSERT ON bulk_jobs WHEN NEW.state <> 'receiving' BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'bulk_jobs', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER bulk_jobs_noted_update AFTER UPDATE ON bulk_jobs WHEN (OLD.state IS NOT NEW.state OR OLD.done_count IS NOT NEW.done_count OR OLD.row_count IS NOT NEW.row_count OR OLD.version IS NOT NEW.version OR OLD.failure IS NOT NEW.failure OR OLD.begun_at IS NOT NEW.begun_at OR OLD.ended_at IS NOT NEW.ended_at) AND NEW.state <> 'receiving' BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'bulk_jobs', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER bulk_jobs_noted_delete AFTER DELETE ON bulk_jobs WHEN OLD.state <> 'receiving' BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'bulk_jobs', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- imports: what no list shows changes often.
CREATE TRIGGER import_runs_noted_insert AFTER INSERT ON import_runs BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'imports', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER import_runs_noted_update AFTER UPDATE ON import_runs WHEN (OLD.state IS NOT NEW.state OR OLD.changed_at IS NOT NEW.changed_at OR OLD.step IS NOT NEW.step OR OLD.done_count IS NOT NEW.done_count OR OLD.total_count IS NOT NEW.total_count OR OLD.bad_count IS NOT NEW.bad_count OR OLD.applied_by IS NOT NEW.applied_by OR OLD.report IS NOT NEW.report OR OLD.failure IS NOT NEW.failure) BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'imports', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER import_runs_noted_delete AFTER DELETE ON import_runs BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'imports', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- messages: what no list shows changes often.
CREATE TRIGGER messages_noted_insert AFTER INSERT ON messages BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'messages', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER messages_noted_update AFTER UPDATE ON messages WHEN (OLD.state IS NOT NEW.state OR OLD.subject IS NOT NEW.subject OR OLD.attempts IS NOT NEW.attempts OR OLD.last_error IS NOT NEW.last_error OR OLD.next_attempt_at IS NOT NEW.next_attempt_at OR OLD.sent_at IS NOT NEW.sent_at) BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'messages', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER messages_noted_delete AFTER DELETE ON messages BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'messages', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- webhook_endpoints: what no list shows changes often.
CREATE TRIGGER webhook_endpoints_noted_insert AFTER INSERT ON webhook_endpoints BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'webhook_endpoints', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER webhook_endpoints_noted_update AFTER UPDATE ON webhook_endpoints WHEN (OLD.version IS NOT NEW.version OR OLD.state IS NOT NEW.state OR OLD.disabled_because IS NOT NEW.disabled_because OR OLD.failing_since IS NOT NEW.failing_since) BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'webhook_endpoints', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER webhook_endpoints_noted_delete AFTER DELETE ON webhook_endpoints BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'webhook_endpoints', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- punchout_documents: what no list shows changes often.
CREATE TRIGGER punchout_documents_noted_insert AFTER INSERT ON punchout_documents BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'punchout_documents', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER punchout_documents_noted_update AFTER UPDATE ON punchout_documents WHEN (OLD.status IS NOT NEW.status OR OLD.status_text IS NOT NEW.status_text OR OLD.state IS NOT NEW.state OR OLD.attempts IS NOT NEW.attempts OR OLD.answer IS NOT NEW.answer) BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'punchout_documents', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER punchout_documents_noted_delete AFTER DELETE ON punchout_documents BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'punchout_documents', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- people: what no list shows changes often.
CREATE TRIGGER people_noted_insert AFTER INSERT ON people WHEN NEW.ended_at IS NULL BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER people_noted_update AFTER UPDATE ON people WHEN (OLD.email IS NOT NEW.email OR OLD.name IS NOT NEW.name OR OLD.ended_at IS NOT NEW.ended_at OR OLD.locale IS NOT NEW.locale OR OLD.version IS NOT NEW.version OR OLD.last_sign_in_at IS NOT NEW.last_sign_in_at) AND (OLD.ended_at IS NULL OR NEW.ended_at IS NULL) BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER people_noted_delete AFTER DELETE ON people BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', OLD.id, COALESCE(OLD.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- people, of person_roles
CREATE TRIGGER person_roles_noted_insert AFTER INSERT ON person_roles BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', p.id, COALESCE(p.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM people p WHERE p.id = NEW.person_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER person_roles_noted_delete AFTER DELETE ON person_roles BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', p.id, COALESCE(p.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM people p WHERE p.id = OLD.person_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- people, of person_sites
CREATE TRIGGER person_sites_noted_insert AFTER INSERT ON person_sites BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', p.id, COALESCE(p.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM people p WHERE p.id = NEW.person_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER person_sites_noted_delete AFTER DELETE ON person_sites BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', p.id, COALESCE(p.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM people p WHERE p.id = OLD.person_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- people, of passkeys
CREATE TRIGGER passkeys_noted_insert AFTER INSERT ON passkeys BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', p.id, COALESCE(p.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM people p WHERE p.id = NEW.person_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER passkeys_noted_delete AFTER DELETE ON passkeys BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', p.id, COALESCE(p.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM people p WHERE p.id = OLD.person_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- people, of second_factors
CREATE TRIGGER second_factors_noted_insert AFTER INSERT ON second_factors BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', p.id, COALESCE(p.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM people p WHERE p.id = NEW.person_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER second_factors_noted_update AFTER UPDATE ON second_factors BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', p.id, COALESCE(p.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM people p WHERE p.id = NEW.person_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER second_factors_noted_delete AFTER DELETE ON second_factors BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'people', p.id, COALESCE(p.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM people p WHERE p.id = OLD.person_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- clients, of client_secrets
CREATE TRIGGER client_secrets_noted_insert AFTER INSERT ON client_secrets BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'clients', c.id, COALESCE(c.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM clients c WHERE c.id = NEW.client_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER client_secrets_noted_update AFTER UPDATE ON client_secrets BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'clients', c.id, COALESCE(c.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM clients c WHERE c.id = NEW.client_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER client_secrets_noted_delete AFTER DELETE ON client_secrets BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'clients', c.id, COALESCE(c.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM clients c WHERE c.id = OLD.client_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- orders, of order_lines
CREATE TRIGGER order_lines_noted_update AFTER UPDATE ON order_lines BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'orders', o.id, o.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM orders o WHERE o.id = NEW.order_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- invoices, of open_items
CREATE TRIGGER open_items_noted_insert AFTER INSERT ON open_items BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'invoices', NEW.invoice_id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER open_items_noted_update AFTER UPDATE ON open_items BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'invoices', NEW.invoice_id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER open_items_noted_delete AFTER DELETE ON open_items BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'invoices', OLD.invoice_id, OLD.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- invoices
CREATE TRIGGER invoices_noted_insert AFTER INSERT ON invoices BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'invoices', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- products as the supplier keeps them, and catalogue: as accounts see them
CREATE TRIGGER products_noted_insert AFTER INSERT ON products BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'products', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', NEW.id, COALESCE(NEW.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER products_noted_update AFTER UPDATE ON products BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'products', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', NEW.id, COALESCE(NEW.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER products_noted_delete AFTER DELETE ON products BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'products', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', OLD.id, COALESCE(OLD.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER products_noted_leaving AFTER UPDATE ON products WHEN OLD.exclusive_account_id IS NOT NEW.exclusive_account_id BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', OLD.id, COALESCE(OLD.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- The first row of an assortment narrows what the account sees, the last one that goes opens it: the whole list is another.
CREATE TRIGGER assortment_noted_insert AFTER INSERT ON assortment BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'assortment', NEW.id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', NEW.product_id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER assortment_noted_update AFTER UPDATE ON assortment BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'assortment', NEW.id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', NEW.product_id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER assortment_noted_delete AFTER DELETE ON assortment BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'assortment', OLD.id, OLD.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', OLD.product_id, OLD.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER assortment_noted_first AFTER INSERT ON assortment WHEN (SELECT COUNT(*) FROM (SELECT 1 FROM assortment a WHERE a.account_id = NEW.account_id LIMIT 2)) = 1 BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', 0, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER assortment_noted_last AFTER DELETE ON assortment WHEN NOT EXISTS (SELECT 1 FROM assortment a WHERE a.account_id = OLD.account_id) BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', 0, OLD.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- stock, and availability: of articles as accounts see them
CREATE TRIGGER stock_noted_insert AFTER INSERT ON stock BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'stock', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER stock_noted_update AFTER UPDATE ON stock BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'stock', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER stock_noted_delete AFTER DELETE ON stock BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'stock', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'availability', p.id, COALESCE(p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = OLD.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- catalogue, of packs
CREATE TRIGGER sale_units_noted_insert AFTER INSERT ON sale_units BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', p.id, COALESCE(NEW.account_id, p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER sale_units_noted_update AFTER UPDATE ON sale_units BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', p.id, COALESCE(NEW.account_id, p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = NEW.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER sale_units_noted_delete AFTER DELETE ON sale_units BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'catalogue', p.id, COALESCE(OLD.account_id, p.exclusive_account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM products p WHERE p.id = OLD.product_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- accounts, of team_members: the list shows who manages them
CREATE TRIGGER team_members_noted_insert AFTER INSERT ON team_members BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'accounts', NEW.account_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER team_members_noted_update AFTER UPDATE ON team_members BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'accounts', NEW.account_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER team_members_noted_delete AFTER DELETE ON team_members BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'accounts', OLD.account_id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
