-- Where the unit of a line comes from that was typed without one; null where somebody named it.
ALTER TABLE draft_lines ADD COLUMN unit_origin TEXT;
