-- When an account may pay less, and what of a payment that is short is given up. The steps of a cash discount are JSON; an invoice
-- keeps those it was issued with.
CREATE TABLE account_payment_terms (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id),
    cash_discount TEXT NOT NULL,
    statement_mail TEXT NOT NULL
) STRICT;

ALTER TABLE invoices ADD COLUMN cash_discount TEXT;

-- One row: what holds for all accounts.
CREATE TABLE settlement_settings (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    tolerance_ppm INTEGER,
    grace_days INTEGER NOT NULL,
    bank_charges TEXT NOT NULL
) STRICT;
INSERT INTO settlement_settings (id, tolerance_ppm, grace_days, bank_charges) VALUES (1, NULL, 0, 'supplier');

-- The largest difference in a currency that is given up.
CREATE TABLE settlement_tolerances (
    currency TEXT NOT NULL PRIMARY KEY,
    max_minor INTEGER NOT NULL CHECK (max_minor > 0)
) STRICT;
