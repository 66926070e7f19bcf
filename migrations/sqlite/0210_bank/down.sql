DELETE FROM counters WHERE name = 'bank_import';
DROP TABLE bank_payers;
DROP TABLE bank_entry_payments;
DROP TABLE bank_entries;
DROP TABLE bank_statements;
