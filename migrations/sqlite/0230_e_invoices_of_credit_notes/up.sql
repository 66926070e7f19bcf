-- The language that a document was issued in; those that are older follow their account's.
ALTER TABLE invoices ADD COLUMN language TEXT;
ALTER TABLE credit_notes ADD COLUMN language TEXT;
-- Files for an access point are of credit notes too. Each has a name of its own.
CREATE TABLE einvoice_files_new (
    invoice_id INTEGER REFERENCES invoices (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    format TEXT NOT NULL,
    name TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TEXT NOT NULL,
    -- Until when whoever writes it has it.
    leased_until TEXT,
    written_at TEXT,
    error TEXT,
    credit_note_id INTEGER REFERENCES credit_notes (id),
    CHECK ((invoice_id IS NULL) <> (credit_note_id IS NULL))
) STRICT;
INSERT INTO einvoice_files_new (invoice_id, account_id, format, name, state, attempts, next_attempt_at, leased_until, written_at, error)
SELECT invoice_id, account_id, format, name, state, attempts, next_attempt_at, leased_until, written_at, error FROM einvoice_files;
DROP TABLE einvoice_files;
ALTER TABLE einvoice_files_new RENAME TO einvoice_files;
CREATE INDEX einvoice_files_due ON einvoice_files (next_attempt_at) WHERE state = 'due';
CREATE UNIQUE INDEX einvoice_files_of_invoice ON einvoice_files (invoice_id);
CREATE UNIQUE INDEX einvoice_files_of_credit_note ON einvoice_files (credit_note_id);
