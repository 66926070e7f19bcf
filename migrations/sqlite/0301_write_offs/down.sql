ALTER TABLE ledger_entries DROP COLUMN write_off_id;
DROP TABLE write_off_taxes;
DROP TABLE write_offs;
