-- What else says which price holds: a list may be for the orders of one site of its account (by its code), count more than a line for its breaks, and price each
-- part between two breaks for itself; a product may be priced on request.
ALTER TABLE price_lists ADD COLUMN site TEXT;
ALTER TABLE price_lists ADD COLUMN scale TEXT NOT NULL DEFAULT 'line';
ALTER TABLE price_lists ADD COLUMN method TEXT NOT NULL DEFAULT 'all_units';
ALTER TABLE prices ADD COLUMN price_group TEXT;
ALTER TABLE products ADD COLUMN price_on_request INTEGER NOT NULL DEFAULT FALSE;
-- How an invoiced line comes to its net where its price alone doesn't tell: JSON.
ALTER TABLE invoice_lines ADD COLUMN price_steps TEXT;
