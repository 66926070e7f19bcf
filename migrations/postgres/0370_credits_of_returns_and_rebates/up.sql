-- The return whose goods a credit note takes back.
ALTER TABLE credit_notes ADD COLUMN return_id BIGINT REFERENCES returns (id);
CREATE INDEX credit_notes_of_return ON credit_notes (return_id, account_id);
-- What the credit notes of one rebate have in common.
ALTER TABLE credit_notes ADD COLUMN rebate_id BIGINT;
CREATE INDEX credit_notes_of_rebate ON credit_notes (rebate_id, id);
