DROP TABLE messages;
DELETE FROM counters WHERE name IN ('event_sequence', 'mail_sequence');
DROP INDEX events_of_account;
DROP INDEX events_unsequenced;
DROP INDEX events_sequence;
ALTER TABLE events DROP COLUMN mails;
ALTER TABLE events DROP COLUMN sequence;
CREATE INDEX events_of_account ON events (account_id, id);
