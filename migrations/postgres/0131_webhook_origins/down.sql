DROP INDEX events_of_span;
DROP INDEX webhook_endpoints_of_client;
ALTER TABLE webhook_endpoints DROP COLUMN client_id;
ALTER TABLE webhook_endpoints DROP COLUMN heard_after;
