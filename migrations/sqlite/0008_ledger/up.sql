-- What an account has committed and owes, in minor units of its currency; a balance is the sum of its entries.
CREATE TABLE ledger_balances (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id),
    committed_minor INTEGER NOT NULL
) STRICT;

CREATE TABLE ledger_entries (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    committed_minor INTEGER NOT NULL,
    order_id INTEGER,
    posted_at TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_entries_of_account ON ledger_entries (account_id, id);
CREATE INDEX ledger_entries_of_order ON ledger_entries (order_id);
