-- Where somebody called from.
ALTER TABLE audit_entries ADD COLUMN address TEXT;
-- The entry's place in the chain and what it and all before it come to; null until it is sealed.
ALTER TABLE audit_entries ADD COLUMN place INTEGER;
ALTER TABLE audit_entries ADD COLUMN hash TEXT;
CREATE UNIQUE INDEX audit_entries_place ON audit_entries (place);
CREATE INDEX audit_entries_unsealed ON audit_entries (id) WHERE place IS NULL;

-- The end of the chain: one row.
CREATE TABLE audit_chain (
    id INTEGER NOT NULL PRIMARY KEY,
    place INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_chain (id, place, hash) VALUES (1, 0, '');

-- An entry is sealed once; nothing else of it ever changes.
CREATE TRIGGER audit_entries_frozen_update BEFORE UPDATE ON audit_entries
    WHEN OLD.place IS NOT NULL OR NEW.place IS NULL OR NEW.hash IS NULL OR NEW.id IS NOT OLD.id
        OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.actor IS NOT OLD.actor OR NEW.account_id IS NOT OLD.account_id
        OR NEW.action IS NOT OLD.action OR NEW.object IS NOT OLD.object OR NEW.request_id IS NOT OLD.request_id
        OR NEW.details IS NOT OLD.details OR NEW.acting_id IS NOT OLD.acting_id OR NEW.address IS NOT OLD.address
    BEGIN SELECT RAISE(ABORT, 'rows of audit_entries never change'); END;
CREATE TRIGGER audit_entries_frozen_delete BEFORE DELETE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'rows of audit_entries never change'); END;
