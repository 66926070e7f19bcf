-- Invoices that correct another: which one, why, and which invoice of a shipment is the one that holds.
ALTER TABLE invoices ADD COLUMN kind TEXT COLLATE "C" NOT NULL DEFAULT 'invoice';
ALTER TABLE invoices ADD COLUMN preceding_id BIGINT REFERENCES invoices (id);
ALTER TABLE invoices ADD COLUMN note TEXT;
-- What a payer is asked to write; those that are older than it say their number.
ALTER TABLE invoices ADD COLUMN remittance TEXT;
ALTER TABLE invoices ADD COLUMN period_from DATE;
ALTER TABLE invoices ADD COLUMN period_to DATE;
CREATE INDEX invoices_of_preceding ON invoices (preceding_id) WHERE preceding_id IS NOT NULL;

-- The invoice of a shipment that holds: one at a time.
CREATE TABLE billed_shipments (
    shipment_id BIGINT NOT NULL PRIMARY KEY REFERENCES shipments (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id)
);
CREATE UNIQUE INDEX billed_shipments_of_invoice ON billed_shipments (invoice_id);
INSERT INTO billed_shipments (shipment_id, invoice_id) SELECT shipment_id, id FROM invoices;
CREATE FUNCTION bill_shipments() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO billed_shipments (shipment_id, invoice_id) VALUES (NEW.shipment_id, NEW.id);
    RETURN NULL;
END';
CREATE TRIGGER invoices_bill_shipments AFTER INSERT ON invoices FOR EACH ROW WHEN (NEW.kind = 'invoice') EXECUTE FUNCTION bill_shipments();
DROP INDEX invoices_shipment;
CREATE INDEX invoices_of_shipment ON invoices (shipment_id);

-- Which invoice took the place of which, and what took that one back. Each is corrected once; what corrects it may be corrected in
-- its turn.
CREATE TABLE invoice_corrections (
    corrected_id BIGINT NOT NULL PRIMARY KEY REFERENCES invoices (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    credit_note_id BIGINT NOT NULL REFERENCES credit_notes (id),
    reason TEXT NOT NULL,
    prices TEXT COLLATE "C" NOT NULL,
    corrected_at TIMESTAMP NOT NULL,
    corrected_by TEXT NOT NULL
);
CREATE UNIQUE INDEX invoice_corrections_of_invoice ON invoice_corrections (invoice_id);
CREATE UNIQUE INDEX invoice_corrections_of_credit_note ON invoice_corrections (credit_note_id);
CREATE TRIGGER invoice_corrections_frozen BEFORE UPDATE OR DELETE ON invoice_corrections FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An invoice, or a correction of one, changes what a claim about its shipment is about.
CREATE FUNCTION note_by_billed_shipments() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''claims'', c.id, c.account_id, at_us FROM told r JOIN claims c ON c.shipment_id = r.shipment_id ORDER BY c.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''shipments'', s.id, s.account_id, at_us FROM told r JOIN shipments s ON s.id = r.shipment_id ORDER BY s.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER billed_shipments_noted_insert AFTER INSERT ON billed_shipments REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_by_billed_shipments();
CREATE TRIGGER billed_shipments_noted_update AFTER UPDATE ON billed_shipments REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_by_billed_shipments();
