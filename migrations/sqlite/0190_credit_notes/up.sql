-- Credit notes: frozen like the invoices they take back, with a series of their own. An open credit is what is left of one,
-- an application settles an invoice with it.
CREATE TABLE credit_note_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE credit_notes (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    gross_minor INTEGER NOT NULL,
    line_count INTEGER NOT NULL,
    issued_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX credit_notes_number ON credit_notes (number);
CREATE UNIQUE INDEX credit_notes_sequence ON credit_notes (year, sequence);
CREATE INDEX credit_notes_of_account ON credit_notes (account_id, id);
CREATE INDEX credit_notes_of_invoice ON credit_notes (invoice_id, id);

-- What of an invoice's line is taken back: so much of it, or, without a quantity, an amount.
CREATE TABLE credit_note_lines (
    credit_note_id INTEGER NOT NULL REFERENCES credit_notes (id),
    position INTEGER NOT NULL,
    invoice_line_id INTEGER NOT NULL REFERENCES invoice_lines (id),
    quantity INTEGER,
    base_quantity INTEGER,
    net_minor INTEGER NOT NULL,
    PRIMARY KEY (credit_note_id, position)
) STRICT;

CREATE TABLE credit_note_taxes (
    credit_note_id INTEGER NOT NULL REFERENCES credit_notes (id),
    category TEXT NOT NULL,
    rate_ppm INTEGER NOT NULL,
    base_minor INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (credit_note_id, category, rate_ppm)
) STRICT;

CREATE TABLE open_credits (
    credit_note_id INTEGER NOT NULL PRIMARY KEY REFERENCES credit_notes (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    open_minor INTEGER NOT NULL CHECK (open_minor >= 0)
) STRICT;
CREATE INDEX open_credits_left ON open_credits (credit_note_id, account_id) WHERE open_minor > 0;

-- Which credit note settled how much of which invoice.
CREATE TABLE credit_applications (
    id INTEGER NOT NULL PRIMARY KEY,
    credit_note_id INTEGER NOT NULL REFERENCES credit_notes (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    applied_at TEXT NOT NULL
) STRICT;
CREATE INDEX credit_applications_of_invoice ON credit_applications (invoice_id);
CREATE INDEX credit_applications_of_credit_note ON credit_applications (credit_note_id);

ALTER TABLE ledger_entries ADD COLUMN credit_note_id INTEGER;

CREATE TRIGGER credit_notes_frozen_update BEFORE UPDATE ON credit_notes
    BEGIN SELECT RAISE(ABORT, 'rows of credit_notes never change'); END;
CREATE TRIGGER credit_notes_frozen_delete BEFORE DELETE ON credit_notes
    BEGIN SELECT RAISE(ABORT, 'rows of credit_notes never change'); END;
CREATE TRIGGER credit_note_lines_frozen_update BEFORE UPDATE ON credit_note_lines
    BEGIN SELECT RAISE(ABORT, 'rows of credit_note_lines never change'); END;
CREATE TRIGGER credit_note_lines_frozen_delete BEFORE DELETE ON credit_note_lines
    BEGIN SELECT RAISE(ABORT, 'rows of credit_note_lines never change'); END;
CREATE TRIGGER credit_note_taxes_frozen_update BEFORE UPDATE ON credit_note_taxes
    BEGIN SELECT RAISE(ABORT, 'rows of credit_note_taxes never change'); END;
CREATE TRIGGER credit_note_taxes_frozen_delete BEFORE DELETE ON credit_note_taxes
    BEGIN SELECT RAISE(ABORT, 'rows of credit_note_taxes never change'); END;
CREATE TRIGGER credit_applications_frozen_update BEFORE UPDATE ON credit_applications
    BEGIN SELECT RAISE(ABORT, 'rows of credit_applications never change'); END;
CREATE TRIGGER credit_applications_frozen_delete BEFORE DELETE ON credit_applications
    BEGIN SELECT RAISE(ABORT, 'rows of credit_applications never change'); END;

-- A credit note as others see it changes with what is left of it.
CREATE TRIGGER open_credits_noted_insert AFTER INSERT ON open_credits BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'credit_notes', NEW.credit_note_id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER open_credits_noted_update AFTER UPDATE ON open_credits BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'credit_notes', NEW.credit_note_id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
