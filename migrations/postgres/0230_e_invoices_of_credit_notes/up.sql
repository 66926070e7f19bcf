-- The language that a document was issued in; those that are older follow their account's.
ALTER TABLE invoices ADD COLUMN language TEXT;
ALTER TABLE credit_notes ADD COLUMN language TEXT;
-- Files for an access point are of credit notes too. Each has a name of its own.
ALTER TABLE einvoice_files DROP CONSTRAINT einvoice_files_pkey;
ALTER TABLE einvoice_files ALTER COLUMN invoice_id DROP NOT NULL;
ALTER TABLE einvoice_files ADD COLUMN credit_note_id BIGINT REFERENCES credit_notes (id);
ALTER TABLE einvoice_files ADD PRIMARY KEY (name);
CREATE UNIQUE INDEX einvoice_files_of_invoice ON einvoice_files (invoice_id);
CREATE UNIQUE INDEX einvoice_files_of_credit_note ON einvoice_files (credit_note_id);
ALTER TABLE einvoice_files ADD CONSTRAINT einvoice_files_of_one CHECK ((invoice_id IS NULL) <> (credit_note_id IS NULL));
