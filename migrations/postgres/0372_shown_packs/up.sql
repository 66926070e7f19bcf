-- What one of the unit of a line held as the line was shown, in base units; nothing where no article was known, or from before.
ALTER TABLE draft_lines ADD COLUMN shown_numerator BIGINT;
ALTER TABLE draft_lines ADD COLUMN shown_denominator BIGINT;
-- Each day those are sought that begin on it.
CREATE INDEX sale_units_begin ON sale_units (valid_from) WHERE valid_from IS NOT NULL;
