-- What banks tell of their accounts. A statement is what one file says of one account; an entry is stored once, whichever files it
-- comes in: by the sum it is a part of, and its place in it.
CREATE TABLE bank_statements (
    id BIGINT NOT NULL PRIMARY KEY,
    file_hash TEXT NOT NULL,
    place INTEGER NOT NULL,
    file TEXT NOT NULL,
    format TEXT NOT NULL,
    bank_account TEXT NOT NULL,
    currency TEXT NOT NULL,
    number TEXT,
    opening_minor BIGINT,
    closing_minor BIGINT,
    moved_minor BIGINT NOT NULL,
    own_minor BIGINT NOT NULL,
    first_on DATE,
    last_on DATE,
    entry_count INTEGER NOT NULL,
    known_count INTEGER NOT NULL,
    pending_count INTEGER NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    imported_by TEXT NOT NULL
);
CREATE UNIQUE INDEX bank_statements_file ON bank_statements (file_hash, place);

CREATE TABLE bank_entries (
    id BIGINT NOT NULL PRIMARY KEY,
    statement_id BIGINT NOT NULL REFERENCES bank_statements (id),
    sum_key TEXT NOT NULL,
    place BIGINT NOT NULL,
    booked_on DATE NOT NULL,
    value_on DATE,
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    currency TEXT NOT NULL,
    direction TEXT NOT NULL,
    is_reversal BOOLEAN NOT NULL,
    payer_name TEXT,
    payer_iban TEXT,
    remittance TEXT NOT NULL,
    reference TEXT,
    end_to_end_id TEXT,
    bank_code TEXT,
    bank_reference TEXT,
    charges_minor BIGINT NOT NULL,
    state TEXT NOT NULL,
    is_sure BOOLEAN NOT NULL,
    reasons TEXT NOT NULL,
    proposal TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    takes_back_id BIGINT REFERENCES payments (id),
    payment_id BIGINT REFERENCES payments (id),
    note TEXT,
    decided_at TIMESTAMP,
    decided_by TEXT
);
CREATE UNIQUE INDEX bank_entries_identity ON bank_entries (sum_key, place);
CREATE UNIQUE INDEX bank_entries_payment ON bank_entries (payment_id);
CREATE INDEX bank_entries_of_statement ON bank_entries (statement_id, id);
CREATE INDEX bank_entries_of_account ON bank_entries (account_id, id);
CREATE INDEX bank_entries_state ON bank_entries (state, id);
CREATE INDEX bank_entries_alike ON bank_entries (booked_on, amount_minor);

-- Every payment that was ever booked from an entry: a second one only after the first was taken back.
CREATE TABLE bank_entry_payments (
    payment_id BIGINT NOT NULL PRIMARY KEY REFERENCES payments (id),
    entry_id BIGINT NOT NULL REFERENCES bank_entries (id)
);
CREATE INDEX bank_entry_payments_of_entry ON bank_entry_payments (entry_id);

-- Whose an account at a bank was when a payment from it was last confirmed.
CREATE TABLE bank_payers (
    iban TEXT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    confirmed_at TIMESTAMP NOT NULL
);

CREATE TRIGGER bank_statements_noted_insert AFTER INSERT ON bank_statements REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('bank_statements');
CREATE TRIGGER bank_statements_noted_update AFTER UPDATE ON bank_statements REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('bank_statements');

CREATE TRIGGER bank_entries_noted_insert AFTER INSERT ON bank_entries REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('bank_entries');
CREATE TRIGGER bank_entries_noted_update AFTER UPDATE ON bank_entries REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('bank_entries');

-- Files of banks are taken one after the other.
INSERT INTO counters (name, value) VALUES ('bank_import', 0);
