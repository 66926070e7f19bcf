-- When a site takes goods in: minutes of its day.
CREATE TABLE delivery_windows (
    id BIGINT NOT NULL PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES sites (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- 1 is Monday, 7 Sunday.
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    from_minute INTEGER NOT NULL CHECK (from_minute >= 0),
    to_minute INTEGER NOT NULL CHECK (to_minute <= 1440),
    CHECK (from_minute < to_minute)
);

CREATE UNIQUE INDEX delivery_windows_key ON delivery_windows (site_id, weekday, from_minute);
CREATE INDEX delivery_windows_of_account ON delivery_windows (account_id);
