DROP TRIGGER accounts_reranked ON accounts;
DROP FUNCTION mark_reranked();
DROP TABLE promises_due;
ALTER TABLE reservations DROP COLUMN promised_on;
DROP TABLE order_line_promises;
ALTER TABLE receipt_lines DROP COLUMN expected_receipt_id;
DROP TABLE expected_receipts;
DROP FUNCTION note_expected_receipts();
DELETE FROM changes WHERE list = 'expected_receipts';
