DROP TRIGGER audit_entries_frozen_delete;
DROP TRIGGER audit_entries_frozen_update;
DROP TABLE audit_chain;
DROP INDEX audit_entries_unsealed;
DROP INDEX audit_entries_place;
ALTER TABLE audit_entries DROP COLUMN hash;
ALTER TABLE audit_entries DROP COLUMN place;
ALTER TABLE audit_entries DROP COLUMN address;
