-- What an account has committed and owes, in minor units of its currency; a balance is the sum of its entries.
CREATE TABLE ledger_balances (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    committed_minor BIGINT NOT NULL,
    receivable_minor BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

CREATE TABLE ledger_entries (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    committed_minor BIGINT NOT NULL,
    order_id BIGINT,
    posted_at TIMESTAMP NOT NULL,
    receivable_minor BIGINT NOT NULL DEFAULT 0,
    invoice_id BIGINT,
    payment_id BIGINT,
    booked_on DATE
);
CREATE INDEX ledger_entries_of_account ON ledger_entries (account_id, id);
CREATE INDEX ledger_entries_of_order ON ledger_entries (order_id);
CREATE INDEX ledger_entries_statement ON ledger_entries (account_id, booked_on, id) WHERE booked_on IS NOT NULL;

CREATE TRIGGER ledger_entries_frozen BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
