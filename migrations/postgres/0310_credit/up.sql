-- Credit: what is insured, which account stands above which, and where credit is looked at again.

-- One row: what holds for accounts that say nothing else.
CREATE TABLE credit_settings (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    check_order TEXT NOT NULL,
    check_acceptance TEXT NOT NULL,
    check_shipment TEXT NOT NULL,
    insurance TEXT NOT NULL
);
INSERT INTO credit_settings (id, check_order, check_acceptance, check_shipment, insurance)
    VALUES (1, 'hold', 'off', 'off', 'warn');

-- What an account has of its own. Amounts are of the account's currency; the account above it trades in the same one.
CREATE TABLE account_credits (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    parent_id BIGINT REFERENCES accounts (id),
    group_limit_minor BIGINT CHECK (group_limit_minor >= 0),
    insured_minor BIGINT CHECK (insured_minor >= 0),
    insurer TEXT,
    insurance_policy TEXT,
    insured_until DATE,
    insurance TEXT,
    check_order TEXT,
    check_acceptance TEXT,
    check_shipment TEXT,
    CHECK (parent_id <> account_id)
);
CREATE UNIQUE INDEX account_credits_account ON account_credits (account_id);
CREATE INDEX account_credits_of_parent ON account_credits (parent_id) WHERE parent_id IS NOT NULL;
