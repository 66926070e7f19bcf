-- What an account owes: a balance is the sum of its entries, an open item what is left of an invoice.
ALTER TABLE ledger_balances ADD COLUMN receivable_minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger_entries ADD COLUMN receivable_minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger_entries ADD COLUMN invoice_id INTEGER;
ALTER TABLE ledger_entries ADD COLUMN payment_id INTEGER;
ALTER TABLE ledger_entries ADD COLUMN booked_on TEXT;
CREATE INDEX ledger_entries_statement ON ledger_entries (account_id, booked_on, id) WHERE booked_on IS NOT NULL;

CREATE TABLE open_items (
    invoice_id INTEGER NOT NULL PRIMARY KEY REFERENCES invoices (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    due_on TEXT NOT NULL,
    open_minor INTEGER NOT NULL CHECK (open_minor >= 0)
) STRICT;
CREATE INDEX open_items_of_order ON open_items (order_id);
CREATE INDEX open_items_due ON open_items (account_id, due_on, invoice_id) WHERE open_minor > 0;

CREATE TABLE payments (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    received_on TEXT NOT NULL,
    reference TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    reversed_at TEXT,
    reversal_reason TEXT
) STRICT;
CREATE INDEX payments_of_account ON payments (account_id, id);

-- Which payment settled how much of which invoice; taken back by a negative row.
CREATE TABLE payment_applications (
    id INTEGER NOT NULL PRIMARY KEY,
    payment_id INTEGER NOT NULL REFERENCES payments (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    amount_minor INTEGER NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;
CREATE INDEX payment_applications_of_payment ON payment_applications (payment_id);
CREATE INDEX payment_applications_of_invoice ON payment_applications (invoice_id);

CREATE TRIGGER ledger_entries_frozen_update BEFORE UPDATE ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'rows of ledger_entries never change'); END;
CREATE TRIGGER ledger_entries_frozen_delete BEFORE DELETE ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'rows of ledger_entries never change'); END;
CREATE TRIGGER payment_applications_frozen_update BEFORE UPDATE ON payment_applications
    BEGIN SELECT RAISE(ABORT, 'rows of payment_applications never change'); END;
CREATE TRIGGER payment_applications_frozen_delete BEFORE DELETE ON payment_applications
    BEGIN SELECT RAISE(ABORT, 'rows of payment_applications never change'); END;
