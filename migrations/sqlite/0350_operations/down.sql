DROP INDEX punchout_documents_parked;
DROP TRIGGER audit_entries_frozen_update;
CREATE TRIGGER audit_entries_frozen_update BEFORE UPDATE ON audit_entries
    WHEN OLD.place IS NOT NULL OR NEW.place IS NULL OR NEW.hash IS NULL OR NEW.id IS NOT OLD.id
        OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.actor IS NOT OLD.actor OR NEW.account_id IS NOT OLD.account_id
        OR NEW.action IS NOT OLD.action OR NEW.object IS NOT OLD.object OR NEW.request_id IS NOT OLD.request_id
        OR NEW.details IS NOT OLD.details OR NEW.acting_id IS NOT OLD.acting_id OR NEW.address IS NOT OLD.address
    BEGIN SELECT RAISE(ABORT, 'rows of audit_entries never change'); END;
DROP TABLE audit_redactions;
DROP TABLE erasures;
DELETE FROM changes WHERE list = 'erasures';
DROP TABLE operation_marks;
DROP TABLE nodes;
