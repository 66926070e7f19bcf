DROP TABLE shipment_lines;
DROP TABLE shipments;
DELETE FROM counters WHERE name = 'shipment_number';
