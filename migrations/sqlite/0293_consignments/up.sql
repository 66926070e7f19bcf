-- Shipments of several orders of an account that leave for one site together: one delivery note, one carrier, one arrival. What lies in
-- its packages is of any of its shipments; they are kept with the first of them.
CREATE TABLE consignments (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    site_id INTEGER NOT NULL REFERENCES sites (id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    carrier TEXT,
    tracking_number TEXT,
    shipment_count INTEGER NOT NULL,
    shipped_at TEXT NOT NULL,
    shipped_on TEXT NOT NULL,
    delivered_at TEXT,
    received_by TEXT,
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX consignments_number ON consignments (number);
CREATE INDEX consignments_of_account ON consignments (account_id, id);
CREATE INDEX consignments_of_site ON consignments (site_id);
CREATE INDEX consignments_of_state ON consignments (state, id);

ALTER TABLE shipments ADD COLUMN consignment_id INTEGER REFERENCES consignments (id);
CREATE INDEX shipments_of_consignment ON shipments (consignment_id) WHERE consignment_id IS NOT NULL;

CREATE TRIGGER consignments_noted_insert AFTER INSERT ON consignments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'consignments', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER consignments_noted_update AFTER UPDATE ON consignments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'consignments', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
