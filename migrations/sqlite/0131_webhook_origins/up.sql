-- From which event on an endpoint hears, by its number, and which program added it.
ALTER TABLE webhook_endpoints ADD COLUMN heard_after INTEGER NOT NULL DEFAULT 0;
ALTER TABLE webhook_endpoints ADD COLUMN client_id INTEGER REFERENCES clients (id);
CREATE INDEX webhook_endpoints_of_client ON webhook_endpoints (client_id) WHERE client_id IS NOT NULL;
-- Replays walk an account's events in the order of their ids.
CREATE INDEX events_of_span ON events (account_id, id);
