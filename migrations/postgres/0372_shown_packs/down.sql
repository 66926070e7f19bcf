ALTER TABLE draft_lines DROP COLUMN shown_denominator;
ALTER TABLE draft_lines DROP COLUMN shown_numerator;
