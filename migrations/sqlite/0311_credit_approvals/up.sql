-- Orders that finance has let go on over a credit limit: up to which sum nobody asks again.
CREATE TABLE credit_approvals (
    order_id INTEGER NOT NULL PRIMARY KEY REFERENCES orders (id),
    amount_minor INTEGER NOT NULL,
    approved_at TEXT NOT NULL,
    approved_by TEXT NOT NULL
) STRICT;
