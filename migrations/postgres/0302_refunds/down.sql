DROP INDEX bank_entries_of_refund;
ALTER TABLE bank_entries DROP COLUMN refund_id;
ALTER TABLE ledger_entries DROP COLUMN refund_id;
DROP TABLE refund_parts;
DROP TABLE refunds;
