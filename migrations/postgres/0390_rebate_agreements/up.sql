-- What was agreed to be given back of what an account buys, by its turnover in a period.
CREATE TABLE rebate_agreements (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    period TEXT NOT NULL,
    method TEXT NOT NULL,
    basis TEXT NOT NULL,
    -- All that it buys, or one article, or a category.
    product_id BIGINT REFERENCES products (id),
    category TEXT COLLATE "C",
    valid_from DATE NOT NULL,
    valid_to DATE,
    settlement TEXT NOT NULL,
    CHECK (product_id IS NULL OR category IS NULL)
);
CREATE UNIQUE INDEX rebate_agreements_code ON rebate_agreements (code);
CREATE INDEX rebate_agreements_of_account ON rebate_agreements (account_id);

-- From which turnover on which part is given back, parts per million.
CREATE TABLE rebate_tiers (
    id BIGINT NOT NULL PRIMARY KEY,
    agreement_id BIGINT NOT NULL REFERENCES rebate_agreements (id),
    threshold_minor BIGINT NOT NULL CHECK (threshold_minor >= 0),
    rate_ppm BIGINT NOT NULL CHECK (rate_ppm >= 0 AND rate_ppm <= 1000000)
);
CREATE UNIQUE INDEX rebate_tiers_key ON rebate_tiers (agreement_id, threshold_minor);

-- What a period of an agreement comes to: the sums of its accruals.
CREATE TABLE rebate_periods (
    id BIGINT NOT NULL PRIMARY KEY,
    agreement_id BIGINT NOT NULL REFERENCES rebate_agreements (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    turnover_minor BIGINT NOT NULL,
    accrued_minor BIGINT NOT NULL,
    -- How many tiers were told of as reached.
    tiers_told INTEGER NOT NULL
);
CREATE UNIQUE INDEX rebate_periods_key ON rebate_periods (agreement_id, period_from);
CREATE INDEX rebate_periods_of_account ON rebate_periods (account_id);

-- By how much turnover and what is owed for it changed, and by which invoiced line. Only added to.
CREATE TABLE rebate_accruals (
    id BIGINT NOT NULL PRIMARY KEY,
    agreement_id BIGINT NOT NULL REFERENCES rebate_agreements (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    period_from DATE NOT NULL,
    invoice_id BIGINT NOT NULL REFERENCES invoices (id),
    invoice_line_id BIGINT NOT NULL REFERENCES invoice_lines (id),
    cause TEXT NOT NULL,
    turnover_minor BIGINT NOT NULL,
    accrued_minor BIGINT NOT NULL,
    -- What of it trues up what was accrued before at another rate.
    true_up_minor BIGINT NOT NULL,
    rate_ppm BIGINT NOT NULL,
    booked_at TIMESTAMP NOT NULL
);
CREATE INDEX rebate_accruals_of_agreement ON rebate_accruals (agreement_id, id);
CREATE INDEX rebate_accruals_of_invoice ON rebate_accruals (invoice_id, agreement_id);

-- What is to be paid of an agreement once a period is over, and what was.
CREATE TABLE rebate_settlements (
    id BIGINT NOT NULL PRIMARY KEY,
    agreement_id BIGINT NOT NULL REFERENCES rebate_agreements (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- The last period it is about.
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    state TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    rebate_id BIGINT REFERENCES rebates (id),
    proposed_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT
);
CREATE UNIQUE INDEX rebate_settlements_proposed ON rebate_settlements (agreement_id) WHERE state = 'proposed';
CREATE INDEX rebate_settlements_of_agreement ON rebate_settlements (agreement_id, id);
CREATE INDEX rebate_settlements_of_account ON rebate_settlements (account_id);

-- Agreements whose accruals are to be derived again: their terms changed.
CREATE TABLE rebates_due (
    agreement_id BIGINT NOT NULL PRIMARY KEY REFERENCES rebate_agreements (id)
);

-- What others see change.
CREATE TRIGGER rebate_agreements_noted_insert AFTER INSERT ON rebate_agreements REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('rebate_agreements');
CREATE TRIGGER rebate_agreements_noted_update AFTER UPDATE ON rebate_agreements REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('rebate_agreements');
CREATE TRIGGER rebate_agreements_noted_delete AFTER DELETE ON rebate_agreements REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('rebate_agreements');
