-- Rates in parts per million (21 % = 210000).
CREATE TABLE tax_rates (
    id BIGINT NOT NULL PRIMARY KEY,
    country TEXT NOT NULL,
    category TEXT NOT NULL,
    rate_ppm BIGINT NOT NULL,
    valid_from DATE NOT NULL DEFAULT '0001-01-01'
);
CREATE UNIQUE INDEX tax_rates_key ON tax_rates (country, category, valid_from);
