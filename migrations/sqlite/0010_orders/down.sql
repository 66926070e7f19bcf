DROP TABLE allocations;
DROP TABLE allocation_decisions;
DROP TABLE reservations;
DROP TABLE order_lines;
DROP TABLE orders;
