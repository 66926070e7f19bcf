-- Whether somebody has asked the country that gave the VAT id: what came of it, when, and what shows it.
ALTER TABLE accounts ADD COLUMN vat_check TEXT COLLATE "C" NOT NULL DEFAULT 'unchecked';
ALTER TABLE accounts ADD COLUMN vat_checked_on DATE;
ALTER TABLE accounts ADD COLUMN vat_evidence TEXT;
