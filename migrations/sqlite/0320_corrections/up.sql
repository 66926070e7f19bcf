-- Invoices that correct another: which one, why, and which invoice of a shipment is the one that holds.
ALTER TABLE invoices ADD COLUMN kind TEXT NOT NULL DEFAULT 'invoice';
ALTER TABLE invoices ADD COLUMN preceding_id INTEGER REFERENCES invoices (id);
ALTER TABLE invoices ADD COLUMN note TEXT;
-- What a payer is asked to write; those that are older than it say their number.
ALTER TABLE invoices ADD COLUMN remittance TEXT;
ALTER TABLE invoices ADD COLUMN period_from TEXT;
ALTER TABLE invoices ADD COLUMN period_to TEXT;
CREATE INDEX invoices_of_preceding ON invoices (preceding_id) WHERE preceding_id IS NOT NULL;

-- The invoice of a shipment that holds: one at a time.
CREATE TABLE billed_shipments (
    shipment_id INTEGER NOT NULL PRIMARY KEY REFERENCES shipments (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id)
) STRICT;
CREATE UNIQUE INDEX billed_shipments_of_invoice ON billed_shipments (invoice_id);
INSERT INTO billed_shipments (shipment_id, invoice_id) SELECT shipment_id, id FROM invoices;
CREATE TRIGGER invoices_bill_shipments AFTER INSERT ON invoices WHEN NEW.kind = 'invoice' BEGIN
    INSERT INTO billed_shipments (shipment_id, invoice_id) VALUES (NEW.shipment_id, NEW.id);
END;
DROP INDEX invoices_shipment;
CREATE INDEX invoices_of_shipment ON invoices (shipment_id);

-- Which invoice took the place of which, and what took that one back. Each is corrected once; what corrects it may be corrected in
-- its turn.
CREATE TABLE invoice_corrections (
    corrected_id INTEGER NOT NULL PRIMARY KEY REFERENCES invoices (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    credit_note_id INTEGER NOT NULL REFERENCES credit_notes (id),
    reason TEXT NOT NULL,
    prices TEXT NOT NULL,
    corrected_at TEXT NOT NULL,
    corrected_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX invoice_corrections_of_invoice ON invoice_corrections (invoice_id);
CREATE UNIQUE INDEX invoice_corrections_of_credit_note ON invoice_corrections (credit_note_id);
CREATE TRIGGER invoice_corrections_frozen_update BEFORE UPDATE ON invoice_corrections
    BEGIN SELECT RAISE(ABORT, 'rows of invoice_corrections never change'); END;
CREATE TRIGGER invoice_corrections_frozen_delete BEFORE DELETE ON invoice_corrections
    BEGIN SELECT RAISE(ABORT, 'rows of invoice_corrections never change'); END;

-- An invoice, or a correction of one, changes what a claim about its shipment is about.
CREATE TRIGGER billed_shipments_noted_insert AFTER INSERT ON billed_shipments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'claims', c.id, c.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM claims c WHERE c.shipment_id = NEW.shipment_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'shipments', s.id, s.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM shipments s WHERE s.id = NEW.shipment_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER billed_shipments_noted_update AFTER UPDATE ON billed_shipments BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'claims', c.id, c.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM claims c WHERE c.shipment_id = NEW.shipment_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'shipments', s.id, s.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 FROM shipments s WHERE s.id = NEW.shipment_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
