DROP TABLE order_changes;
ALTER TABLE orders DROP COLUMN revision;
