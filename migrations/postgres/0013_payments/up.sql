-- What an account owes: a balance is the sum of its entries, an open item what is left of an invoice.
ALTER TABLE ledger_balances ADD COLUMN receivable_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ledger_entries ADD COLUMN receivable_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ledger_entries ADD COLUMN invoice_id BIGINT;
ALTER TABLE ledger_entries ADD COLUMN payment_id BIGINT;
ALTER TABLE ledger_entries ADD COLUMN booked_on DATE;
CREATE INDEX ledger_entries_statement ON ledger_entries (account_id, booked_on, id) WHERE booked_on IS NOT NULL;

CREATE TABLE open_items (
    invoice_id BIGINT NOT NULL PRIMARY KEY REFERENCES invoices (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    due_on DATE NOT NULL,
    open_minor BIGINT NOT NULL CHECK (open_minor >= 0)
) WITH (fillfactor = 70);
CREATE INDEX open_items_of_order ON open_items (order_id);
CREATE INDEX open_items_due ON open_items (account_id, due_on, invoice_id) WHERE open_minor > 0;

CREATE TABLE payments (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    received_on DATE NOT NULL,
    reference TEXT,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    reversed_at TIMESTAMP,
    reversal_reason TEXT
);
CREATE INDEX payments_of_account ON payments (account_id, id);

-- Which payment settled how much of which invoice; taken back by a negative row.
CREATE TABLE payment_applications (
    id BIGINT NOT NULL PRIMARY KEY,
    payment_id BIGINT NOT NULL REFERENCES payments (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    amount_minor BIGINT NOT NULL,
    applied_at TIMESTAMP NOT NULL
);
CREATE INDEX payment_applications_of_payment ON payment_applications (payment_id);
CREATE INDEX payment_applications_of_invoice ON payment_applications (invoice_id);

CREATE TRIGGER ledger_entries_frozen BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_applications_frozen BEFORE UPDATE OR DELETE ON payment_applications FOR EACH ROW EXECUTE FUNCTION refuse_change();
