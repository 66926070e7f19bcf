-- Where somebody called from.
ALTER TABLE audit_entries ADD COLUMN address TEXT;
-- The entry's place in the chain and what it and all before it come to; null until it is sealed.
ALTER TABLE audit_entries ADD COLUMN place BIGINT;
ALTER TABLE audit_entries ADD COLUMN hash TEXT;
CREATE UNIQUE INDEX audit_entries_place ON audit_entries (place);
CREATE INDEX audit_entries_unsealed ON audit_entries (id) WHERE place IS NULL;

-- The end of the chain: one row.
CREATE TABLE audit_chain (
    id BIGINT NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL,
    hash TEXT NOT NULL
) WITH (fillfactor = 50);
INSERT INTO audit_chain (id, place, hash) VALUES (1, 0, '');

-- An entry is sealed once; nothing else of it ever changes.
CREATE TRIGGER audit_entries_frozen_update BEFORE UPDATE ON audit_entries FOR EACH ROW
    WHEN (OLD.place IS NOT NULL OR NEW.place IS NULL OR NEW.hash IS NULL
        OR (NEW.id, NEW.recorded_at, NEW.actor, NEW.account_id, NEW.action, NEW.object, NEW.request_id, NEW.details,
            NEW.acting_id, NEW.address)
        IS DISTINCT FROM (OLD.id, OLD.recorded_at, OLD.actor, OLD.account_id, OLD.action, OLD.object, OLD.request_id,
            OLD.details, OLD.acting_id, OLD.address))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_frozen_delete BEFORE DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_frozen_truncate BEFORE TRUNCATE ON audit_entries EXECUTE FUNCTION refuse_change();
