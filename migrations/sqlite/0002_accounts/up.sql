-- The supplier and its key accounts.
CREATE TABLE supplier (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    currency TEXT NOT NULL,
    vat_id TEXT,
    street TEXT,
    city TEXT,
    postal_code TEXT,
    iban TEXT,
    bic TEXT,
    email TEXT,
    phone TEXT,
    time_zone TEXT NOT NULL DEFAULT 'UTC'
) STRICT;

CREATE TABLE accounts (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    currency TEXT NOT NULL,
    tier TEXT NOT NULL,
    payment_terms_days INTEGER NOT NULL,
    credit_limit_minor INTEGER,
    vat_id TEXT,
    locale TEXT NOT NULL DEFAULT 'en',
    time_zone TEXT NOT NULL DEFAULT 'UTC',
    price_strategy TEXT NOT NULL DEFAULT 'first_level',
    closed_at TEXT
) STRICT;
CREATE UNIQUE INDEX accounts_code ON accounts (code);

CREATE TABLE sites (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    street TEXT,
    city TEXT,
    postal_code TEXT
) STRICT;
CREATE UNIQUE INDEX sites_code ON sites (account_id, code);
