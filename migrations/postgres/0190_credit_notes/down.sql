ALTER TABLE ledger_entries DROP COLUMN credit_note_id;
DROP TABLE credit_applications;
DROP TABLE open_credits;
DROP FUNCTION note_credit_notes_by_open_credits();
DROP TABLE credit_note_taxes;
DROP TABLE credit_note_lines;
DROP TABLE credit_notes;
DROP TABLE credit_note_numbers;
