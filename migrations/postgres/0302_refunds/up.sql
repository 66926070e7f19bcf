-- Money that is paid back: what of which payments and credit notes. Taken back like a payment.
CREATE TABLE refunds (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    paid_on DATE NOT NULL,
    reference TEXT,
    iban TEXT,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    reversed_at TIMESTAMP,
    reversal_reason TEXT
);
CREATE INDEX refunds_of_account ON refunds (account_id, id);
CREATE INDEX refunds_of_amount ON refunds (amount_minor) WHERE reversed_at IS NULL;

CREATE TABLE refund_parts (
    refund_id BIGINT NOT NULL REFERENCES refunds (id),
    position INTEGER NOT NULL,
    payment_id BIGINT REFERENCES payments (id),
    credit_note_id BIGINT REFERENCES credit_notes (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (refund_id, position)
);
CREATE INDEX refund_parts_of_payment ON refund_parts (payment_id);
CREATE INDEX refund_parts_of_credit_note ON refund_parts (credit_note_id);

ALTER TABLE ledger_entries ADD COLUMN refund_id BIGINT;
ALTER TABLE bank_entries ADD COLUMN refund_id BIGINT REFERENCES refunds (id);
CREATE INDEX bank_entries_of_refund ON bank_entries (refund_id);

CREATE TRIGGER refunds_noted_insert AFTER INSERT ON refunds REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('refunds');
CREATE TRIGGER refunds_noted_update AFTER UPDATE ON refunds REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('refunds');
CREATE TRIGGER refund_parts_frozen BEFORE UPDATE OR DELETE ON refund_parts FOR EACH ROW EXECUTE FUNCTION refuse_change();
