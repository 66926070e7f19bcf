DROP INDEX audit_entries_of_actor;
DROP INDEX audit_entries_of_account;
ALTER TABLE audit_entries DROP COLUMN acting_id;
DROP TABLE actings;
