-- People at an account who do not sign in, and the kinds of mails they get, parted by blanks.
CREATE TABLE contacts (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    job_title TEXT,
    email TEXT,
    phone TEXT,
    site TEXT,
    language TEXT,
    mails TEXT,
    FOREIGN KEY (account_id, site) REFERENCES sites (account_id, code)
) STRICT;
CREATE UNIQUE INDEX contacts_code ON contacts (account_id, code);
