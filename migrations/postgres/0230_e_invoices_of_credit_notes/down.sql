DELETE FROM einvoice_files WHERE invoice_id IS NULL;
ALTER TABLE einvoice_files DROP CONSTRAINT einvoice_files_of_one;
DROP INDEX einvoice_files_of_credit_note;
DROP INDEX einvoice_files_of_invoice;
ALTER TABLE einvoice_files DROP CONSTRAINT einvoice_files_pkey;
ALTER TABLE einvoice_files DROP COLUMN credit_note_id;
ALTER TABLE einvoice_files ADD PRIMARY KEY (invoice_id);
ALTER TABLE credit_notes DROP COLUMN language;
ALTER TABLE invoices DROP COLUMN language;
