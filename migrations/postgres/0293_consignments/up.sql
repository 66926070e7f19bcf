-- Shipments of several orders of an account that leave for one site together: one delivery note, one carrier, one arrival. What lies in
-- its packages is of any of its shipments; they are kept with the first of them.
CREATE TABLE consignments (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    site_id BIGINT NOT NULL REFERENCES sites (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    carrier TEXT,
    tracking_number TEXT,
    shipment_count INTEGER NOT NULL,
    shipped_at TIMESTAMP NOT NULL,
    shipped_on DATE NOT NULL,
    delivered_at TIMESTAMP,
    received_by TEXT,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX consignments_number ON consignments (number);
CREATE INDEX consignments_of_account ON consignments (account_id, id);
CREATE INDEX consignments_of_site ON consignments (site_id);
CREATE INDEX consignments_of_state ON consignments (state, id);

ALTER TABLE shipments ADD COLUMN consignment_id BIGINT REFERENCES consignments (id);
CREATE INDEX shipments_of_consignment ON shipments (consignment_id) WHERE consignment_id IS NOT NULL;

CREATE TRIGGER consignments_noted_insert AFTER INSERT ON consignments REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('consignments');
CREATE TRIGGER consignments_noted_update AFTER UPDATE ON consignments REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('consignments');
