ALTER TABLE allocation_modes DROP COLUMN weights;
