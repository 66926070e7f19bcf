-- People at an account who do not sign in, and the kinds of mails they get, parted by blanks.
CREATE TABLE contacts (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    code TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    job_title TEXT,
    email TEXT,
    phone TEXT,
    site TEXT COLLATE "C",
    language TEXT,
    mails TEXT,
    FOREIGN KEY (account_id, site) REFERENCES sites (account_id, code)
);
CREATE UNIQUE INDEX contacts_code ON contacts (account_id, code);
