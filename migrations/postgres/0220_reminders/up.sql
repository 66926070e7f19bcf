-- Reminders: what is asked for by which policy, in runs that finance releases. What was sent is frozen like an invoice.
CREATE TABLE reminder_policies (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    smallest_minor BIGINT NOT NULL CHECK (smallest_minor >= 0),
    levels TEXT NOT NULL,
    hold_level INTEGER,
    hold_days INTEGER
);
CREATE UNIQUE INDEX reminder_policies_code ON reminder_policies (code);

-- One row: the policy of those accounts that name none, and what the worker does by itself.
CREATE TABLE reminder_settings (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    default_policy_id BIGINT REFERENCES reminder_policies (id),
    automatic TEXT NOT NULL
);
INSERT INTO reminder_settings (id, default_policy_id, automatic) VALUES (1, NULL, 'off');

-- What is set for an account, and whether its new orders are held.
CREATE TABLE account_reminders (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    policy_id BIGINT REFERENCES reminder_policies (id),
    excluded TEXT,
    hold_stopped_until DATE,
    hold_stop_reason TEXT,
    hold_told_on DATE,
    held_since TIMESTAMP
);
CREATE INDEX account_reminders_of_policy ON account_reminders (policy_id);
CREATE INDEX account_reminders_held ON account_reminders (account_id) WHERE held_since IS NOT NULL;

CREATE TABLE invoice_disputes (
    invoice_id BIGINT NOT NULL PRIMARY KEY REFERENCES invoices (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    disputed_at TIMESTAMP NOT NULL,
    disputed_by TEXT NOT NULL
);
CREATE INDEX invoice_disputes_of_account ON invoice_disputes (account_id);

CREATE TABLE payment_promises (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    promised_on DATE NOT NULL,
    note TEXT,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL
);
CREATE INDEX payment_promises_of_account ON payment_promises (account_id, id);

CREATE TABLE promised_invoices (
    promise_id BIGINT NOT NULL REFERENCES payment_promises (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    PRIMARY KEY (promise_id, invoice_id)
);
CREATE INDEX promised_invoices_of_invoice ON promised_invoices (invoice_id);

CREATE TABLE reminder_runs (
    id BIGINT NOT NULL PRIMARY KEY,
    as_of DATE NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT
);
CREATE INDEX reminder_runs_of_day ON reminder_runs (as_of);

-- What a run proposes for an account, or why it does not.
CREATE TABLE reminder_proposals (
    run_id BIGINT NOT NULL REFERENCES reminder_runs (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    level INTEGER NOT NULL,
    overdue_minor BIGINT NOT NULL,
    excluded TEXT,
    note TEXT,
    PRIMARY KEY (run_id, account_id)
);

CREATE TABLE reminder_proposal_items (
    run_id BIGINT NOT NULL REFERENCES reminder_runs (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    level INTEGER NOT NULL,
    overdue_days BIGINT NOT NULL,
    open_minor BIGINT NOT NULL,
    excluded TEXT,
    note TEXT,
    PRIMARY KEY (run_id, invoice_id)
);

CREATE TABLE reminder_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE reminders (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    run_id BIGINT NOT NULL REFERENCES reminder_runs (id),
    year INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    number TEXT NOT NULL,
    level INTEGER NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    sent_on DATE NOT NULL,
    currency TEXT NOT NULL,
    overdue_minor BIGINT NOT NULL,
    not_due_minor BIGINT NOT NULL,
    fee_minor BIGINT NOT NULL,
    interest_minor BIGINT NOT NULL,
    text_en TEXT,
    text_de TEXT,
    sent_by TEXT NOT NULL
);
CREATE UNIQUE INDEX reminders_number ON reminders (number);
CREATE UNIQUE INDEX reminders_sequence ON reminders (year, sequence);
CREATE UNIQUE INDEX reminders_of_run ON reminders (run_id, account_id);
CREATE INDEX reminders_of_account ON reminders (account_id, id);

-- The invoices a reminder names; those that are not due yet have no level.
CREATE TABLE reminder_items (
    reminder_id BIGINT NOT NULL REFERENCES reminders (id),
    position INTEGER NOT NULL,
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    due_on DATE NOT NULL,
    overdue_days BIGINT NOT NULL,
    open_minor BIGINT NOT NULL,
    level INTEGER NOT NULL,
    interest_minor BIGINT NOT NULL,
    PRIMARY KEY (reminder_id, position)
);
CREATE INDEX reminder_items_of_invoice ON reminder_items (invoice_id);

-- A fee or interest that was given up.
CREATE TABLE waived_reminders (
    reminder_id BIGINT NOT NULL PRIMARY KEY REFERENCES reminders (id),
    amount_minor BIGINT NOT NULL,
    reason TEXT NOT NULL,
    waived_at TIMESTAMP NOT NULL,
    waived_by TEXT NOT NULL
);

ALTER TABLE open_items ADD COLUMN reminder_level INTEGER NOT NULL DEFAULT 0;
ALTER TABLE open_items ADD COLUMN reminded_on DATE;
ALTER TABLE open_items ADD COLUMN interest_until DATE;
ALTER TABLE ledger_entries ADD COLUMN reminder_id BIGINT;

CREATE TRIGGER reminders_frozen BEFORE UPDATE OR DELETE ON reminders FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reminder_items_frozen BEFORE UPDATE OR DELETE ON reminder_items FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER waived_reminders_frozen BEFORE UPDATE OR DELETE ON waived_reminders FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What others see change.
CREATE TRIGGER reminder_policies_noted_insert AFTER INSERT ON reminder_policies REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('reminder_policies');
CREATE TRIGGER reminder_policies_noted_update AFTER UPDATE ON reminder_policies REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('reminder_policies');
CREATE TRIGGER reminder_runs_noted_insert AFTER INSERT ON reminder_runs REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('reminder_runs');
CREATE TRIGGER reminder_runs_noted_update AFTER UPDATE ON reminder_runs REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('reminder_runs');
CREATE TRIGGER reminders_noted_insert AFTER INSERT ON reminders REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('reminders');
CREATE TRIGGER payment_promises_noted_insert AFTER INSERT ON payment_promises REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('payment_promises');

CREATE FUNCTION note_reminders_by_waived_reminders() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''reminders'', r.id, r.account_id, at_us FROM told w JOIN reminders r ON r.id = w.reminder_id ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER waived_reminders_noted_insert AFTER INSERT ON waived_reminders REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_reminders_by_waived_reminders();

-- A promise is kept or broken by what becomes of its invoices.
CREATE FUNCTION note_payment_promises_by_open_items() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT DISTINCT ''payment_promises'', p.id, p.account_id, at_us FROM told o
        JOIN promised_invoices i ON i.invoice_id = o.invoice_id JOIN payment_promises p ON p.id = i.promise_id ORDER BY p.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER open_items_noted_promises AFTER UPDATE ON open_items REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_payment_promises_by_open_items();
