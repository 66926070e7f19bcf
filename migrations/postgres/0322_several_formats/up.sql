-- An account takes its e-invoices in several formats, at an address of its own, and may let the supplier collect what is due.
ALTER TABLE accounts ADD COLUMN einvoice_also TEXT NOT NULL DEFAULT '[]';
ALTER TABLE accounts ADD COLUMN einvoice_email TEXT;
ALTER TABLE accounts ADD COLUMN mandate_reference TEXT;
ALTER TABLE accounts ADD COLUMN mandate_iban TEXT;
ALTER TABLE supplier ADD COLUMN creditor_id TEXT;
-- From the VATEX list: why exempt goods are exempt.
ALTER TABLE supplier ADD COLUMN exemption_code TEXT;
-- A document has a file of each format.
DROP INDEX einvoice_files_of_invoice;
DROP INDEX einvoice_files_of_credit_note;
CREATE UNIQUE INDEX einvoice_files_of_invoice ON einvoice_files (invoice_id, format);
CREATE UNIQUE INDEX einvoice_files_of_credit_note ON einvoice_files (credit_note_id, format);
