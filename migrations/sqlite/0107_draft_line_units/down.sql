ALTER TABLE draft_lines DROP COLUMN unit_origin;
