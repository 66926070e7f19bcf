ALTER TABLE accounts DROP COLUMN vat_evidence;
ALTER TABLE accounts DROP COLUMN vat_checked_on;
ALTER TABLE accounts DROP COLUMN vat_check;
