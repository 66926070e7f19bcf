DROP TABLE draft_lines;
DROP TABLE drafts;
