DROP TABLE settlement_tolerances;
DROP TABLE settlement_settings;
ALTER TABLE invoices DROP COLUMN cash_discount;
DROP TABLE account_payment_terms;
