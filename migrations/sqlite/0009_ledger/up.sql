-- What an account has committed and owes, in minor units of its currency; a balance is the sum of its entries.
CREATE TABLE ledger_balances (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id),
    committed_minor INTEGER NOT NULL,
    receivable_minor INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE ledger_entries (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    committed_minor INTEGER NOT NULL,
    order_id INTEGER,
    posted_at TEXT NOT NULL,
    receivable_minor INTEGER NOT NULL DEFAULT 0,
    invoice_id INTEGER,
    payment_id INTEGER,
    booked_on TEXT
) STRICT;
CREATE INDEX ledger_entries_of_account ON ledger_entries (account_id, id);
CREATE INDEX ledger_entries_of_order ON ledger_entries (order_id);
CREATE INDEX ledger_entries_statement ON ledger_entries (account_id, booked_on, id) WHERE booked_on IS NOT NULL;

CREATE TRIGGER ledger_entries_frozen_update BEFORE UPDATE ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'rows of ledger_entries never change'); END;
CREATE TRIGGER ledger_entries_frozen_delete BEFORE DELETE ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'rows of ledger_entries never change'); END;
