ALTER TABLE stock_movements DROP COLUMN cause_id;
DROP TABLE receipt_lines;
DROP TABLE receipts;
DROP TABLE allocations;
DROP TABLE allocation_decisions;
DROP INDEX orders_of_state;
ALTER TABLE orders DROP COLUMN hold_note;
