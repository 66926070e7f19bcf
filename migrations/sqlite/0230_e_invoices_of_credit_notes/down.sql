CREATE TABLE einvoice_files_old (
    invoice_id INTEGER NOT NULL PRIMARY KEY REFERENCES invoices (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    format TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TEXT NOT NULL,
    -- Until when whoever writes it has it.
    leased_until TEXT,
    written_at TEXT,
    error TEXT
) STRICT;
INSERT INTO einvoice_files_old (invoice_id, account_id, format, name, state, attempts, next_attempt_at, leased_until, written_at, error)
SELECT invoice_id, account_id, format, name, state, attempts, next_attempt_at, leased_until, written_at, error FROM einvoice_files WHERE invoice_id IS NOT NULL;
DROP TABLE einvoice_files;
ALTER TABLE einvoice_files_old RENAME TO einvoice_files;
CREATE INDEX einvoice_files_due ON einvoice_files (next_attempt_at) WHERE state = 'due';
ALTER TABLE credit_notes DROP COLUMN language;
ALTER TABLE invoices DROP COLUMN language;
