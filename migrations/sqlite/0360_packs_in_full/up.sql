-- What else is to be known of a pack: the most of it, what becomes of a quantity that doesn't fit, weight, sides, how it
-- lies on the level above, and from when it is sold.
ALTER TABLE sale_units ADD COLUMN max_quantity INTEGER;
ALTER TABLE sale_units ADD COLUMN rounding TEXT NOT NULL DEFAULT 'refuse';
ALTER TABLE sale_units ADD COLUMN gross_weight_g INTEGER;
ALTER TABLE sale_units ADD COLUMN length_mm INTEGER;
ALTER TABLE sale_units ADD COLUMN width_mm INTEGER;
ALTER TABLE sale_units ADD COLUMN height_mm INTEGER;
ALTER TABLE sale_units ADD COLUMN layer INTEGER;
ALTER TABLE sale_units ADD COLUMN valid_from TEXT;
