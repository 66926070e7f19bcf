DROP INDEX credit_notes_of_rebate;
ALTER TABLE credit_notes DROP COLUMN rebate_id;
DROP TABLE rebates;
DROP INDEX credit_notes_of_return;
ALTER TABLE credit_notes DROP COLUMN return_id;
