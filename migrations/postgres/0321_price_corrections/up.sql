-- Price corrections: invoiced lines that would cost something else by the prices as they are now for the day they were ordered.
-- A run is a preview until it is released; what was released of a line is what the next run compares with.
CREATE TABLE price_correction_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE price_corrections (
    id BIGINT NOT NULL PRIMARY KEY,
    year INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    -- Days on which the invoices were issued, both included.
    issued_from DATE NOT NULL,
    issued_to DATE NOT NULL,
    -- Codes of accounts as JSON; all where it is empty.
    accounts TEXT NOT NULL,
    -- Code of a price list or contract that the price comes from or came from.
    price_list TEXT COLLATE "C",
    note TEXT,
    line_count INTEGER NOT NULL,
    skipped_count INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT
);
CREATE UNIQUE INDEX price_corrections_number ON price_corrections (number);
CREATE UNIQUE INDEX price_corrections_sequence ON price_corrections (year, sequence);

CREATE TABLE price_correction_lines (
    correction_id BIGINT NOT NULL REFERENCES price_corrections (id),
    invoice_line_id BIGINT NOT NULL REFERENCES invoice_lines (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- What is left of it, in the ordered unit.
    quantity BIGINT NOT NULL,
    -- What all of the line was to cost before, and what it is to cost.
    base_minor BIGINT NOT NULL,
    should_minor BIGINT NOT NULL,
    -- What of that is credited, below zero, or invoiced: of what is left of the line.
    difference_minor BIGINT NOT NULL,
    was_micros BIGINT NOT NULL,
    was_unit TEXT NOT NULL,
    was_base INTEGER NOT NULL,
    price_micros BIGINT NOT NULL,
    price_unit TEXT NOT NULL,
    price_base INTEGER NOT NULL,
    was_list TEXT NOT NULL,
    price_list TEXT NOT NULL,
    priced_on DATE NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    credit_note_id BIGINT REFERENCES credit_notes (id),
    difference_id BIGINT REFERENCES invoices (id),
    PRIMARY KEY (correction_id, invoice_line_id)
);
CREATE INDEX price_correction_lines_done ON price_correction_lines (invoice_line_id, correction_id) WHERE outcome = 'done';
CREATE INDEX price_correction_lines_of_account ON price_correction_lines (account_id, correction_id);

CREATE TRIGGER price_corrections_noted_insert AFTER INSERT ON price_corrections REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('price_corrections');
CREATE TRIGGER price_corrections_noted_update AFTER UPDATE ON price_corrections REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('price_corrections');
