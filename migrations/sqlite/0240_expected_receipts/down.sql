DROP TRIGGER accounts_reranked;
DROP TABLE promises_due;
ALTER TABLE reservations DROP COLUMN promised_on;
DROP TABLE order_line_promises;
DROP INDEX receipt_lines_of_expected;
ALTER TABLE receipt_lines DROP COLUMN expected_receipt_id;
DROP TABLE expected_receipts;
DELETE FROM changes WHERE list = 'expected_receipts';
