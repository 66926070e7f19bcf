DROP TABLE punchout_attempts;
DROP INDEX punchout_documents_of_order;
DROP INDEX punchout_documents_due;
ALTER TABLE punchout_documents DROP COLUMN leased_until;
ALTER TABLE punchout_documents DROP COLUMN next_attempt_at;
ALTER TABLE punchout_documents DROP COLUMN attempts;
ALTER TABLE punchout_documents DROP COLUMN state;
DELETE FROM counters WHERE name = 'punchout_sequence';
