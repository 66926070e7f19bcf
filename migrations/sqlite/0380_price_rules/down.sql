ALTER TABLE invoice_lines DROP COLUMN price_steps;
ALTER TABLE products DROP COLUMN price_on_request;
ALTER TABLE prices DROP COLUMN price_group;
ALTER TABLE price_lists DROP COLUMN method;
ALTER TABLE price_lists DROP COLUMN scale;
ALTER TABLE price_lists DROP COLUMN site;
