-- Processes that work on this database, each of which tells now and then that it lives.
CREATE TABLE nodes (
    id BIGINT NOT NULL PRIMARY KEY,
    role TEXT COLLATE "C" NOT NULL,
    works BOOLEAN NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    host TEXT COLLATE "C" NOT NULL,
    pid BIGINT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    beat_at TIMESTAMP NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX nodes_beat ON nodes (beat_at);

-- When something was last done that leaves no other trace: a backup.
CREATE TABLE operation_marks (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    done_at TIMESTAMP NOT NULL,
    details TEXT NOT NULL
);

-- People whose names and addresses are replaced by a pseudonym. What is looked for (`sought`) is forgotten once it is done.
CREATE TABLE erasures (
    id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT REFERENCES people (id),
    account_id BIGINT REFERENCES accounts (id),
    pseudonym TEXT COLLATE "C" NOT NULL,
    sought TEXT,
    state TEXT COLLATE "C" NOT NULL,
    step INTEGER NOT NULL,
    walked BIGINT NOT NULL,
    replaced TEXT NOT NULL,
    asked_by TEXT COLLATE "C" NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
) WITH (fillfactor = 50);
CREATE INDEX erasures_of_person ON erasures (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX erasures_of_account ON erasures (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX erasures_running ON erasures (id) WHERE state = 'running';

-- What stands in an entry of the audit record instead of what was sealed. Never changes itself; a sealed entry
-- (`audit.redact`) vouches for each.
CREATE TABLE audit_redactions (
    id BIGINT NOT NULL PRIMARY KEY,
    entry_id BIGINT NOT NULL REFERENCES audit_entries (id),
    object TEXT COLLATE "C" NOT NULL,
    details TEXT NOT NULL,
    redacted_at TIMESTAMP NOT NULL
);
CREATE INDEX audit_redactions_of_entry ON audit_redactions (entry_id);
CREATE TRIGGER audit_redactions_frozen_update BEFORE UPDATE OR DELETE ON audit_redactions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_redactions_frozen_truncate BEFORE TRUNCATE ON audit_redactions EXECUTE FUNCTION refuse_change();

-- An entry is sealed once; after that its object and details may become what a redaction says, and nothing else of it ever changes.
CREATE FUNCTION refuse_unless_redacted() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF NEW.place IS NOT DISTINCT FROM OLD.place AND NEW.hash IS NOT DISTINCT FROM OLD.hash
            AND EXISTS (SELECT 1 FROM audit_redactions r WHERE r.entry_id = OLD.id AND r.object = NEW.object AND r.details = NEW.details) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME;
    END $$;
DROP TRIGGER audit_entries_frozen_update ON audit_entries;
CREATE TRIGGER audit_entries_frozen_update BEFORE UPDATE ON audit_entries FOR EACH ROW
    WHEN (((NEW.object, NEW.details) IS NOT DISTINCT FROM (OLD.object, OLD.details)
            AND (OLD.place IS NOT NULL OR NEW.place IS NULL OR NEW.hash IS NULL))
        OR (NEW.id, NEW.recorded_at, NEW.actor, NEW.account_id, NEW.action, NEW.request_id, NEW.acting_id, NEW.address)
        IS DISTINCT FROM (OLD.id, OLD.recorded_at, OLD.actor, OLD.account_id, OLD.action, OLD.request_id, OLD.acting_id,
            OLD.address))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_frozen_details BEFORE UPDATE ON audit_entries FOR EACH ROW
    WHEN ((NEW.object, NEW.details) IS DISTINCT FROM (OLD.object, OLD.details))
    EXECUTE FUNCTION refuse_unless_redacted();

CREATE TRIGGER erasures_noted_insert AFTER INSERT ON erasures REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('erasures');
CREATE TRIGGER erasures_noted_update AFTER UPDATE ON erasures REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('erasures');

-- What was given up is counted every few seconds.
CREATE INDEX punchout_documents_parked ON punchout_documents (id) WHERE state = 'parked';
