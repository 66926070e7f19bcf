DROP TABLE shipment_lines;
DROP TABLE shipments;
DROP SEQUENCE shipment_numbers;
DELETE FROM counters WHERE name = 'shipment_number';
