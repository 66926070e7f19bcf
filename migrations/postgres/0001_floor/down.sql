DROP TABLE audit_entries;
DROP TABLE events;
DROP TABLE counters;
DROP SEQUENCE shipment_numbers;
DROP SEQUENCE order_numbers;
DROP FUNCTION refuse_change();
