-- The return whose goods a credit note takes back.
ALTER TABLE credit_notes ADD COLUMN return_id BIGINT REFERENCES returns (id);
CREATE INDEX credit_notes_of_return ON credit_notes (return_id, account_id) WHERE return_id IS NOT NULL;

-- What was given back of all that an account bought in some days.
CREATE TABLE rebates (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- Days on which the invoices were issued, both included.
    issued_from DATE NOT NULL,
    issued_to DATE NOT NULL,
    -- Of what was left of them, or so much without tax: one of both.
    percent_ppm BIGINT,
    net_minor BIGINT,
    currency TEXT NOT NULL,
    note TEXT,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL
);
CREATE INDEX rebates_of_days ON rebates (account_id, issued_to);
-- What the credit notes of one rebate have in common.
ALTER TABLE credit_notes ADD COLUMN rebate_id BIGINT REFERENCES rebates (id);
CREATE INDEX credit_notes_of_rebate ON credit_notes (rebate_id, id) WHERE rebate_id IS NOT NULL;
