DROP TABLE payment_applications;
DROP TABLE payments;
DROP TABLE open_items;
DROP TABLE invoice_taxes;
DROP TABLE invoice_lines;
DROP TABLE invoices;
DROP TABLE invoice_numbers;
