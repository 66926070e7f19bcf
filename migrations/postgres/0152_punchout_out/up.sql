-- Documents that go out to buyers' systems: one after the other for each order, tried for a day.
INSERT INTO counters (name, value)
    SELECT 'punchout_sequence', value FROM counters WHERE name = 'event_sequence';

-- Null for what came in.
ALTER TABLE punchout_documents ADD COLUMN state TEXT;
ALTER TABLE punchout_documents ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE punchout_documents ADD COLUMN next_attempt_at TIMESTAMP;
-- Until when whoever sends it has it.
ALTER TABLE punchout_documents ADD COLUMN leased_until TIMESTAMP;
CREATE INDEX punchout_documents_due ON punchout_documents (next_attempt_at) WHERE state = 'due';
CREATE INDEX punchout_documents_of_order ON punchout_documents (order_id, id) WHERE order_id IS NOT NULL;

CREATE TABLE punchout_attempts (
    id BIGINT NOT NULL PRIMARY KEY,
    document_id BIGINT NOT NULL REFERENCES punchout_documents (id) ON DELETE CASCADE,
    attempted_at TIMESTAMP NOT NULL,
    status INTEGER NOT NULL,
    status_text TEXT NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX punchout_attempts_of_document ON punchout_attempts (document_id, id);
