DROP INDEX account_payment_terms_monthly;
DROP TABLE statement_mailings;
