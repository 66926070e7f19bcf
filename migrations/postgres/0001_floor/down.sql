DROP TABLE audit_entries;
DROP TABLE events;
DROP TABLE counters;
DROP SEQUENCE order_numbers;
