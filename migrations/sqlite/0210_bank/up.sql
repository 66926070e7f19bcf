-- What banks tell of their accounts. A statement is what one file says of one account; an entry is stored once, whichever files it
-- comes in: by the sum it is a part of, and its place in it.
CREATE TABLE bank_statements (
    id INTEGER NOT NULL PRIMARY KEY,
    file_hash TEXT NOT NULL,
    place INTEGER NOT NULL,
    file TEXT NOT NULL,
    format TEXT NOT NULL,
    bank_account TEXT NOT NULL,
    currency TEXT NOT NULL,
    number TEXT,
    opening_minor INTEGER,
    closing_minor INTEGER,
    moved_minor INTEGER NOT NULL,
    own_minor INTEGER NOT NULL,
    first_on TEXT,
    last_on TEXT,
    entry_count INTEGER NOT NULL,
    known_count INTEGER NOT NULL,
    pending_count INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    imported_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX bank_statements_file ON bank_statements (file_hash, place);

CREATE TABLE bank_entries (
    id INTEGER NOT NULL PRIMARY KEY,
    statement_id INTEGER NOT NULL REFERENCES bank_statements (id),
    sum_key TEXT NOT NULL,
    place INTEGER NOT NULL,
    booked_on TEXT NOT NULL,
    value_on TEXT,
    amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
    currency TEXT NOT NULL,
    direction TEXT NOT NULL,
    is_reversal INTEGER NOT NULL,
    payer_name TEXT,
    payer_iban TEXT,
    remittance TEXT NOT NULL,
    reference TEXT,
    end_to_end_id TEXT,
    bank_code TEXT,
    bank_reference TEXT,
    charges_minor INTEGER NOT NULL,
    state TEXT NOT NULL,
    is_sure INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    proposal TEXT NOT NULL,
    account_id INTEGER REFERENCES accounts (id),
    takes_back_id INTEGER REFERENCES payments (id),
    payment_id INTEGER REFERENCES payments (id),
    note TEXT,
    decided_at TEXT,
    decided_by TEXT
) STRICT;
CREATE UNIQUE INDEX bank_entries_identity ON bank_entries (sum_key, place);
CREATE UNIQUE INDEX bank_entries_payment ON bank_entries (payment_id);
CREATE INDEX bank_entries_of_statement ON bank_entries (statement_id, id);
CREATE INDEX bank_entries_of_account ON bank_entries (account_id, id);
CREATE INDEX bank_entries_state ON bank_entries (state, id);
CREATE INDEX bank_entries_alike ON bank_entries (booked_on, amount_minor);

-- Every payment that was ever booked from an entry: a second one only after the first was taken back.
CREATE TABLE bank_entry_payments (
    payment_id INTEGER NOT NULL PRIMARY KEY REFERENCES payments (id),
    entry_id INTEGER NOT NULL REFERENCES bank_entries (id)
) STRICT;
CREATE INDEX bank_entry_payments_of_entry ON bank_entry_payments (entry_id);

-- Whose an account at a bank was when a payment from it was last confirmed.
CREATE TABLE bank_payers (
    iban TEXT NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    confirmed_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER bank_statements_noted_insert AFTER INSERT ON bank_statements BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'bank_statements', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER bank_statements_noted_update AFTER UPDATE ON bank_statements BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'bank_statements', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER bank_entries_noted_insert AFTER INSERT ON bank_entries BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'bank_entries', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER bank_entries_noted_update AFTER UPDATE ON bank_entries BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'bank_entries', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;

-- Files of banks are taken one after the other.
INSERT INTO counters (name, value) VALUES ('bank_import', 0);
