DROP TABLE rebates_due;
DROP TABLE rebate_settlements;
DROP TABLE rebate_accruals;
DROP TABLE rebate_periods;
DROP TABLE rebate_tiers;
DROP TABLE rebate_agreements;
