-- The return whose goods a credit note takes back.
ALTER TABLE credit_notes ADD COLUMN return_id INTEGER REFERENCES returns (id);
CREATE INDEX credit_notes_of_return ON credit_notes (return_id, account_id) WHERE return_id IS NOT NULL;

-- What was given back of all that an account bought in some days.
CREATE TABLE rebates (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    -- Days on which the invoices were issued, both included.
    issued_from TEXT NOT NULL,
    issued_to TEXT NOT NULL,
    -- Of what was left of them, or so much without tax: one of both.
    percent_ppm INTEGER,
    net_minor INTEGER,
    currency TEXT NOT NULL,
    note TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL
) STRICT;
CREATE INDEX rebates_of_days ON rebates (account_id, issued_to);
-- What the credit notes of one rebate have in common.
ALTER TABLE credit_notes ADD COLUMN rebate_id INTEGER REFERENCES rebates (id);
CREATE INDEX credit_notes_of_rebate ON credit_notes (rebate_id, id) WHERE rebate_id IS NOT NULL;
