-- The units of an article, general and of an account: the partial indexes serve one kind each, and neither where both are asked.
CREATE INDEX sale_units_product ON sale_units (product_id);
