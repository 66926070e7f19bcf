-- What else is to be known of a pack: the most of it, what becomes of a quantity that doesn't fit, weight, sides, how it
-- lies on the level above, and from when it is sold.
ALTER TABLE sale_units ADD COLUMN max_quantity BIGINT;
ALTER TABLE sale_units ADD COLUMN rounding TEXT NOT NULL DEFAULT 'refuse';
ALTER TABLE sale_units ADD COLUMN gross_weight_g BIGINT;
ALTER TABLE sale_units ADD COLUMN length_mm BIGINT;
ALTER TABLE sale_units ADD COLUMN width_mm BIGINT;
ALTER TABLE sale_units ADD COLUMN height_mm BIGINT;
ALTER TABLE sale_units ADD COLUMN layer BIGINT;
ALTER TABLE sale_units ADD COLUMN valid_from DATE;
