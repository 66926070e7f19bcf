-- What was agreed to be given back of what an account buys, by its turnover in a period.
CREATE TABLE rebate_agreements (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    period TEXT NOT NULL,
    method TEXT NOT NULL,
    basis TEXT NOT NULL,
    -- All that it buys, or one article, or a category.
    product_id INTEGER REFERENCES products (id),
    category TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    settlement TEXT NOT NULL,
    CHECK (product_id IS NULL OR category IS NULL)
) STRICT;
CREATE UNIQUE INDEX rebate_agreements_code ON rebate_agreements (code);
CREATE INDEX rebate_agreements_of_account ON rebate_agreements (account_id);

-- From which turnover on which part is given back, parts per million.
CREATE TABLE rebate_tiers (
    id INTEGER NOT NULL PRIMARY KEY,
    agreement_id INTEGER NOT NULL REFERENCES rebate_agreements (id),
    threshold_minor INTEGER NOT NULL CHECK (threshold_minor >= 0),
    rate_ppm INTEGER NOT NULL CHECK (rate_ppm >= 0 AND rate_ppm <= 1000000)
) STRICT;
CREATE UNIQUE INDEX rebate_tiers_key ON rebate_tiers (agreement_id, threshold_minor);

-- What a period of an agreement comes to: the sums of its accruals.
CREATE TABLE rebate_periods (
    id INTEGER NOT NULL PRIMARY KEY,
    agreement_id INTEGER NOT NULL REFERENCES rebate_agreements (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    turnover_minor INTEGER NOT NULL,
    accrued_minor INTEGER NOT NULL,
    -- How many tiers were told of as reached.
    tiers_told INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX rebate_periods_key ON rebate_periods (agreement_id, period_from);
CREATE INDEX rebate_periods_of_account ON rebate_periods (account_id);

-- By how much turnover and what is owed for it changed, and by which invoiced line. Only added to.
CREATE TABLE rebate_accruals (
    id INTEGER NOT NULL PRIMARY KEY,
    agreement_id INTEGER NOT NULL REFERENCES rebate_agreements (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    period_from TEXT NOT NULL,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    invoice_line_id INTEGER NOT NULL REFERENCES invoice_lines (id),
    cause TEXT NOT NULL,
    turnover_minor INTEGER NOT NULL,
    accrued_minor INTEGER NOT NULL,
    -- What of it trues up what was accrued before at another rate.
    true_up_minor INTEGER NOT NULL,
    rate_ppm INTEGER NOT NULL,
    booked_at TEXT NOT NULL
) STRICT;
CREATE INDEX rebate_accruals_of_agreement ON rebate_accruals (agreement_id, id);
CREATE INDEX rebate_accruals_of_invoice ON rebate_accruals (invoice_id, agreement_id);

-- What is to be paid of an agreement once a period is over, and what was.
CREATE TABLE rebate_settlements (
    id INTEGER NOT NULL PRIMARY KEY,
    agreement_id INTEGER NOT NULL REFERENCES rebate_agreements (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    -- The last period it is about.
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    state TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    rebate_id INTEGER REFERENCES rebates (id),
    proposed_at TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT
) STRICT;
CREATE UNIQUE INDEX rebate_settlements_proposed ON rebate_settlements (agreement_id) WHERE state = 'proposed';
CREATE INDEX rebate_settlements_of_agreement ON rebate_settlements (agreement_id, id);
CREATE INDEX rebate_settlements_of_account ON rebate_settlements (account_id);

-- Agreements whose accruals are to be derived again: their terms changed.
CREATE TABLE rebates_due (
    agreement_id INTEGER NOT NULL PRIMARY KEY REFERENCES rebate_agreements (id)
) STRICT;

-- What others see change.
CREATE TRIGGER rebate_agreements_noted_insert AFTER INSERT ON rebate_agreements BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'rebate_agreements', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER rebate_agreements_noted_update AFTER UPDATE ON rebate_agreements BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'rebate_agreements', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER rebate_agreements_noted_delete AFTER DELETE ON rebate_agreements BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'rebate_agreements', OLD.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
