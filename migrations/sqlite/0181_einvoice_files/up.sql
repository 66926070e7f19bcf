-- E-invoices for an access point: a file each, tried until it is in the folder.
CREATE TABLE einvoice_files (
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
CREATE INDEX einvoice_files_due ON einvoice_files (next_attempt_at) WHERE state = 'due';
