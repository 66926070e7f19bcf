DROP INDEX price_lists_of_contract;
ALTER TABLE price_lists DROP COLUMN contract_id;
DROP TABLE contract_warnings;
DROP TABLE commitments;
DROP TABLE contracts;
DROP FUNCTION note_contracts();
