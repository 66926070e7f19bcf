-- What of an invoice is settled without money: a cash discount, a small difference, what a bank kept. Taken back like a payment.
CREATE TABLE write_offs (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    payment_id BIGINT REFERENCES payments (id),
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    booked_on DATE NOT NULL,
    explanation TEXT,
    reason TEXT,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    reversed_at TIMESTAMP,
    reversal_reason TEXT
);
CREATE INDEX write_offs_of_account ON write_offs (account_id, id);
CREATE INDEX write_offs_of_invoice ON write_offs (invoice_id, id);
CREATE INDEX write_offs_of_payment ON write_offs (payment_id);

-- By how much net and tax are less, by category and rate.
CREATE TABLE write_off_taxes (
    write_off_id BIGINT NOT NULL REFERENCES write_offs (id),
    category TEXT NOT NULL,
    rate_ppm BIGINT NOT NULL,
    base_minor BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (write_off_id, category, rate_ppm)
);

ALTER TABLE ledger_entries ADD COLUMN write_off_id BIGINT;

CREATE TRIGGER write_offs_noted_insert AFTER INSERT ON write_offs REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('write_offs');
CREATE TRIGGER write_offs_noted_update AFTER UPDATE ON write_offs REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('write_offs');
CREATE TRIGGER write_off_taxes_frozen BEFORE UPDATE OR DELETE ON write_off_taxes FOR EACH ROW EXECUTE FUNCTION refuse_change();
