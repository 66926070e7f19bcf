-- Rates in parts per million (21 % = 210000).
CREATE TABLE tax_rates (
    id INTEGER NOT NULL PRIMARY KEY,
    country TEXT NOT NULL,
    category TEXT NOT NULL,
    rate_ppm INTEGER NOT NULL,
    valid_from TEXT NOT NULL DEFAULT '0001-01-01'
) STRICT;
CREATE UNIQUE INDEX tax_rates_key ON tax_rates (country, category, valid_from);
