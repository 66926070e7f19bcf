DROP INDEX punchout_documents_parked;
DROP TRIGGER audit_entries_frozen_details ON audit_entries;
DROP TRIGGER audit_entries_frozen_update ON audit_entries;
CREATE TRIGGER audit_entries_frozen_update BEFORE UPDATE ON audit_entries FOR EACH ROW
    WHEN (OLD.place IS NOT NULL OR NEW.place IS NULL OR NEW.hash IS NULL
        OR (NEW.id, NEW.recorded_at, NEW.actor, NEW.account_id, NEW.action, NEW.object, NEW.request_id, NEW.details,
            NEW.acting_id, NEW.address)
        IS DISTINCT FROM (OLD.id, OLD.recorded_at, OLD.actor, OLD.account_id, OLD.action, OLD.object, OLD.request_id,
            OLD.details, OLD.acting_id, OLD.address))
    EXECUTE FUNCTION refuse_change();
DROP FUNCTION refuse_unless_redacted();
DROP TABLE audit_redactions;
DROP TABLE erasures;
DELETE FROM changes WHERE list = 'erasures';
DROP TABLE operation_marks;
DROP TABLE nodes;
