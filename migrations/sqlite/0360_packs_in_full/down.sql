ALTER TABLE sale_units DROP COLUMN valid_from;
ALTER TABLE sale_units DROP COLUMN layer;
ALTER TABLE sale_units DROP COLUMN height_mm;
ALTER TABLE sale_units DROP COLUMN width_mm;
ALTER TABLE sale_units DROP COLUMN length_mm;
ALTER TABLE sale_units DROP COLUMN gross_weight_g;
ALTER TABLE sale_units DROP COLUMN rounding;
ALTER TABLE sale_units DROP COLUMN max_quantity;
