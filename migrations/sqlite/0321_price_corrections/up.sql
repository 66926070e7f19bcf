-- Price corrections: invoiced lines that would cost something else by the prices as they are now for the day they were ordered.
-- A run is a preview until it is released; what was released of a line is what the next run compares with.
CREATE TABLE price_correction_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE price_corrections (
    id INTEGER NOT NULL PRIMARY KEY,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Days on which the invoices were issued, both included.
    issued_from TEXT NOT NULL,
    issued_to TEXT NOT NULL,
    -- Codes of accounts as JSON; all where it is empty.
    accounts TEXT NOT NULL,
    -- Code of a price list or contract that the price comes from or came from.
    price_list TEXT,
    note TEXT,
    line_count INTEGER NOT NULL,
    skipped_count INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    ended_at TEXT,
    ended_by TEXT
) STRICT;
CREATE UNIQUE INDEX price_corrections_number ON price_corrections (number);
CREATE UNIQUE INDEX price_corrections_sequence ON price_corrections (year, sequence);

CREATE TABLE price_correction_lines (
    correction_id INTEGER NOT NULL REFERENCES price_corrections (id),
    invoice_line_id INTEGER NOT NULL REFERENCES invoice_lines (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    -- What is left of it, in the ordered unit.
    quantity INTEGER NOT NULL,
    -- What all of the line was to cost before, and what it is to cost.
    base_minor INTEGER NOT NULL,
    should_minor INTEGER NOT NULL,
    -- What of that is credited, below zero, or invoiced: of what is left of the line.
    difference_minor INTEGER NOT NULL,
    was_micros INTEGER NOT NULL,
    was_unit TEXT NOT NULL,
    was_base INTEGER NOT NULL,
    price_micros INTEGER NOT NULL,
    price_unit TEXT NOT NULL,
    price_base INTEGER NOT NULL,
    was_list TEXT NOT NULL,
    price_list TEXT NOT NULL,
    priced_on TEXT NOT NULL,
    outcome TEXT NOT NULL,
    credit_note_id INTEGER REFERENCES credit_notes (id),
    difference_id INTEGER REFERENCES invoices (id),
    PRIMARY KEY (correction_id, invoice_line_id)
) STRICT;
CREATE INDEX price_correction_lines_done ON price_correction_lines (invoice_line_id, correction_id) WHERE outcome = 'done';
CREATE INDEX price_correction_lines_of_account ON price_correction_lines (account_id, correction_id);

CREATE TRIGGER price_corrections_noted_insert AFTER INSERT ON price_corrections BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'price_corrections', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER price_corrections_noted_update AFTER UPDATE ON price_corrections BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'price_corrections', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
