-- Credit notes: frozen like the invoices they take back, with a series of their own. An open credit is what is left of one,
-- an application settles an invoice with it.
CREATE TABLE credit_note_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE credit_notes (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    year INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    number TEXT NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    issued_on DATE NOT NULL,
    reason TEXT NOT NULL,
    note TEXT,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    line_count INTEGER NOT NULL,
    issued_by TEXT NOT NULL
);
CREATE UNIQUE INDEX credit_notes_number ON credit_notes (number);
CREATE UNIQUE INDEX credit_notes_sequence ON credit_notes (year, sequence);
CREATE INDEX credit_notes_of_account ON credit_notes (account_id, id);
CREATE INDEX credit_notes_of_invoice ON credit_notes (invoice_id, id);

-- What of an invoice's line is taken back: so much of it, or, without a quantity, an amount.
CREATE TABLE credit_note_lines (
    credit_note_id BIGINT NOT NULL REFERENCES credit_notes (id),
    position INTEGER NOT NULL,
    invoice_line_id BIGINT NOT NULL REFERENCES invoice_lines (id),
    quantity BIGINT,
    base_quantity BIGINT,
    net_minor BIGINT NOT NULL,
    PRIMARY KEY (credit_note_id, position)
);

CREATE TABLE credit_note_taxes (
    credit_note_id BIGINT NOT NULL REFERENCES credit_notes (id),
    category TEXT NOT NULL,
    rate_ppm BIGINT NOT NULL,
    base_minor BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (credit_note_id, category, rate_ppm)
);

CREATE TABLE open_credits (
    credit_note_id BIGINT NOT NULL PRIMARY KEY REFERENCES credit_notes (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    open_minor BIGINT NOT NULL CHECK (open_minor >= 0)
);
CREATE INDEX open_credits_left ON open_credits (credit_note_id, account_id) WHERE open_minor > 0;

-- Which credit note settled how much of which invoice.
CREATE TABLE credit_applications (
    id BIGINT NOT NULL PRIMARY KEY,
    credit_note_id BIGINT NOT NULL REFERENCES credit_notes (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    applied_at TIMESTAMP NOT NULL
);
CREATE INDEX credit_applications_of_invoice ON credit_applications (invoice_id);
CREATE INDEX credit_applications_of_credit_note ON credit_applications (credit_note_id);

ALTER TABLE ledger_entries ADD COLUMN credit_note_id BIGINT;

CREATE TRIGGER credit_notes_frozen BEFORE UPDATE OR DELETE ON credit_notes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_note_lines_frozen BEFORE UPDATE OR DELETE ON credit_note_lines FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_note_taxes_frozen BEFORE UPDATE OR DELETE ON credit_note_taxes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_applications_frozen BEFORE UPDATE OR DELETE ON credit_applications FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A credit note as others see it changes with what is left of it.
CREATE FUNCTION note_credit_notes_by_open_credits() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''credit_notes'', r.credit_note_id, r.account_id, at_us FROM told r ORDER BY r.credit_note_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER open_credits_noted_insert AFTER INSERT ON open_credits REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_credit_notes_by_open_credits();
CREATE TRIGGER open_credits_noted_update AFTER UPDATE ON open_credits REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_credit_notes_by_open_credits();
