DROP INDEX sale_units_begin;
ALTER TABLE draft_lines DROP COLUMN shown_denominator;
ALTER TABLE draft_lines DROP COLUMN shown_numerator;
