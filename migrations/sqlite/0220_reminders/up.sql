-- Reminders: what is asked for by which policy, in runs that finance releases. What was sent is frozen like an invoice.
CREATE TABLE reminder_policies (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    smallest_minor INTEGER NOT NULL CHECK (smallest_minor >= 0),
    levels TEXT NOT NULL,
    hold_level INTEGER,
    hold_days INTEGER
) STRICT;
CREATE UNIQUE INDEX reminder_policies_code ON reminder_policies (code);

-- One row: the policy of those accounts that name none, and what the worker does by itself.
CREATE TABLE reminder_settings (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    default_policy_id INTEGER REFERENCES reminder_policies (id),
    automatic TEXT NOT NULL
) STRICT;
INSERT INTO reminder_settings (id, default_policy_id, automatic) VALUES (1, NULL, 'off');

-- What is set for an account, and whether its new orders are held.
CREATE TABLE account_reminders (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id),
    policy_id INTEGER REFERENCES reminder_policies (id),
    excluded TEXT,
    hold_stopped_until TEXT,
    hold_stop_reason TEXT,
    hold_told_on TEXT,
    held_since TEXT
) STRICT;
CREATE INDEX account_reminders_of_policy ON account_reminders (policy_id);
CREATE INDEX account_reminders_held ON account_reminders (account_id) WHERE held_since IS NOT NULL;

CREATE TABLE invoice_disputes (
    invoice_id INTEGER NOT NULL PRIMARY KEY REFERENCES invoices (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    disputed_at TEXT NOT NULL,
    disputed_by TEXT NOT NULL
) STRICT;
CREATE INDEX invoice_disputes_of_account ON invoice_disputes (account_id);

CREATE TABLE payment_promises (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    promised_on TEXT NOT NULL,
    note TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX payment_promises_of_account ON payment_promises (account_id, id);

CREATE TABLE promised_invoices (
    promise_id INTEGER NOT NULL REFERENCES payment_promises (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    PRIMARY KEY (promise_id, invoice_id)
) STRICT;
CREATE INDEX promised_invoices_of_invoice ON promised_invoices (invoice_id);

CREATE TABLE reminder_runs (
    id INTEGER NOT NULL PRIMARY KEY,
    as_of TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT
) STRICT;
CREATE INDEX reminder_runs_of_day ON reminder_runs (as_of);

-- What a run proposes for an account, or why it does not.
CREATE TABLE reminder_proposals (
    run_id INTEGER NOT NULL REFERENCES reminder_runs (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    level INTEGER NOT NULL,
    overdue_minor INTEGER NOT NULL,
    excluded TEXT,
    note TEXT,
    PRIMARY KEY (run_id, account_id)
) STRICT;

CREATE TABLE reminder_proposal_items (
    run_id INTEGER NOT NULL REFERENCES reminder_runs (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    level INTEGER NOT NULL,
    overdue_days INTEGER NOT NULL,
    open_minor INTEGER NOT NULL,
    excluded TEXT,
    note TEXT,
    PRIMARY KEY (run_id, invoice_id)
) STRICT;

CREATE TABLE reminder_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE reminders (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    run_id INTEGER NOT NULL REFERENCES reminder_runs (id),
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    level INTEGER NOT NULL,
    sent_at TEXT NOT NULL,
    sent_on TEXT NOT NULL,
    currency TEXT NOT NULL,
    overdue_minor INTEGER NOT NULL,
    not_due_minor INTEGER NOT NULL,
    fee_minor INTEGER NOT NULL,
    interest_minor INTEGER NOT NULL,
    text_en TEXT,
    text_de TEXT,
    sent_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX reminders_number ON reminders (number);
CREATE UNIQUE INDEX reminders_sequence ON reminders (year, sequence);
CREATE UNIQUE INDEX reminders_of_run ON reminders (run_id, account_id);
CREATE INDEX reminders_of_account ON reminders (account_id, id);

-- The invoices a reminder names; those that are not due yet have no level.
CREATE TABLE reminder_items (
    reminder_id INTEGER NOT NULL REFERENCES reminders (id),
    position INTEGER NOT NULL,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    due_on TEXT NOT NULL,
    overdue_days INTEGER NOT NULL,
    open_minor INTEGER NOT NULL,
    level INTEGER NOT NULL,
    interest_minor INTEGER NOT NULL,
    PRIMARY KEY (reminder_id, position)
) STRICT;
CREATE INDEX reminder_items_of_invoice ON reminder_items (invoice_id);

-- A fee or interest that was given up.
CREATE TABLE waived_reminders (
    reminder_id INTEGER NOT NULL PRIMARY KEY REFERENCES reminders (id),
    amount_minor INTEGER NOT NULL,
    reason TEXT NOT NULL,
    waived_at TEXT NOT NULL,
    waived_by TEXT NOT NULL
) STRICT;

ALTER TABLE open_items ADD COLUMN reminder_level INTEGER NOT NULL DEFAULT 0;
ALTER TABLE open_items ADD COLUMN reminded_on TEXT;
ALTER TABLE open_items ADD COLUMN interest_until TEXT;
ALTER TABLE ledger_entries ADD COLUMN reminder_id INTEGER;

CREATE TRIGGER reminders_frozen_update BEFORE UPDATE ON reminders
    BEGIN SELECT RAISE(ABORT, 'rows of reminders never change'); END;
CREATE TRIGGER reminders_frozen_delete BEFORE DELETE ON reminders
    BEGIN SELECT RAISE(ABORT, 'rows of reminders never change'); END;
CREATE TRIGGER reminder_items_frozen_update BEFORE UPDATE ON reminder_items
    BEGIN SELECT RAISE(ABORT, 'rows of reminder_items never change'); END;
CREATE TRIGGER reminder_items_frozen_delete BEFORE DELETE ON reminder_items
    BEGIN SELECT RAISE(ABORT, 'rows of reminder_items never change'); END;
CREATE TRIGGER waived_reminders_frozen_update BEFORE UPDATE ON waived_reminders
    BEGIN SELECT RAISE(ABORT, 'rows of waived_reminders never change'); END;
CREATE TRIGGER waived_reminders_frozen_delete BEFORE DELETE ON waived_reminders
    BEGIN SELECT RAISE(ABORT, 'rows of waived_reminders never change'); END;

-- What others see change.
CREATE TRIGGER reminder_policies_noted_insert AFTER INSERT ON reminder_policies BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'reminder_policies', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER reminder_policies_noted_update AFTER UPDATE ON reminder_policies BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'reminder_policies', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER reminder_runs_noted_insert AFTER INSERT ON reminder_runs BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'reminder_runs', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER reminder_runs_noted_update AFTER UPDATE ON reminder_runs BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'reminder_runs', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER reminders_noted_insert AFTER INSERT ON reminders BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'reminders', NEW.id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER payment_promises_noted_insert AFTER INSERT ON payment_promises BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'payment_promises', NEW.id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER waived_reminders_noted_insert AFTER INSERT ON waived_reminders BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'reminders', r.id, r.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM reminders r WHERE r.id = NEW.reminder_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- A promise is kept or broken by what becomes of its invoices.
CREATE TRIGGER open_items_noted_promises AFTER UPDATE ON open_items BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'payment_promises', p.id, p.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM promised_invoices i JOIN payment_promises p ON p.id = i.promise_id WHERE i.invoice_id = NEW.invoice_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
