-- Which month's statement was mailed to which account: each once. The month before it was set counts as mailed.
CREATE TABLE statement_mailings (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    month TEXT NOT NULL,
    queued_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX statement_mailings_month ON statement_mailings (account_id, month);
CREATE INDEX account_payment_terms_monthly ON account_payment_terms (account_id) WHERE statement_mail = 'monthly';
