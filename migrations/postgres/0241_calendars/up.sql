-- On which days a warehouse sends, the supplier works or a site takes goods; at most one each. `weekdays` is a bit for each day from
-- Monday (1) to Sunday (64), `cut_off` a minute of the day.
CREATE TABLE calendars (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL,
    code_key TEXT COLLATE "C" NOT NULL,
    warehouse_id BIGINT REFERENCES warehouses (id),
    site_id BIGINT REFERENCES sites (id),
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
    cut_off INTEGER CHECK (cut_off BETWEEN 0 AND 1439),
    transit_days INTEGER CHECK (transit_days BETWEEN 0 AND 365),
    CHECK (warehouse_id IS NULL OR site_id IS NULL)
);
CREATE UNIQUE INDEX calendars_code ON calendars (code);
CREATE UNIQUE INDEX calendars_of_warehouse ON calendars (warehouse_id) WHERE warehouse_id IS NOT NULL;
CREATE UNIQUE INDEX calendars_of_site ON calendars (site_id) WHERE site_id IS NOT NULL;

-- Days on which nothing happens though the weekday is a working day.
CREATE TABLE holidays (
    calendar_id BIGINT NOT NULL REFERENCES calendars (id),
    day DATE NOT NULL,
    PRIMARY KEY (calendar_id, day)
);
