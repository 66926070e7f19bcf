-- What e-invoices say of an account, of the supplier, and how an invoice is to be paid in words.
ALTER TABLE accounts ADD COLUMN einvoice TEXT COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE accounts ADD COLUMN einvoice_by TEXT COLLATE "C" NOT NULL DEFAULT 'link';
ALTER TABLE accounts ADD COLUMN endpoint TEXT COLLATE "C";
ALTER TABLE accounts ADD COLUMN legal_id TEXT;
ALTER TABLE accounts ADD COLUMN buyer_reference TEXT;
ALTER TABLE accounts ADD COLUMN needs_buyer_reference BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE accounts ADD COLUMN contract_reference TEXT;
ALTER TABLE supplier ADD COLUMN endpoint TEXT COLLATE "C";
ALTER TABLE supplier ADD COLUMN legal_id TEXT;
ALTER TABLE supplier ADD COLUMN tax_number TEXT;
ALTER TABLE supplier ADD COLUMN contact TEXT;
ALTER TABLE invoices ADD COLUMN terms TEXT;
