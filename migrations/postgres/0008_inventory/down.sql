DROP TABLE receipt_lines;
DROP TABLE receipts;
DROP TABLE stock_movements;
DROP TABLE stock;
DROP TABLE warehouses;
