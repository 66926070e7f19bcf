DROP TABLE account_credits;
DROP TABLE credit_settings;
