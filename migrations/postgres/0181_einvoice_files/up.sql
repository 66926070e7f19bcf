-- E-invoices for an access point: a file each, tried until it is in the folder.
CREATE TABLE einvoice_files (
    invoice_id BIGINT NOT NULL PRIMARY KEY REFERENCES invoices (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    format TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMP NOT NULL,
    -- Until when whoever writes it has it.
    leased_until TIMESTAMP,
    written_at TIMESTAMP,
    error TEXT
);
CREATE INDEX einvoice_files_due ON einvoice_files (next_attempt_at) WHERE state = 'due';
