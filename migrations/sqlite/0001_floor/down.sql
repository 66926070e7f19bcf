DROP TABLE audit_entries;
DROP TABLE events;
DROP TABLE counters;
