ALTER TABLE accounts DROP COLUMN claim_answer_days;
ALTER TABLE supplier DROP COLUMN claim_answer_days;
DROP TABLE claim_files;
DROP TABLE claim_messages;
DROP TABLE claim_lines;
DROP TABLE claims;
DROP TABLE claim_numbers;
