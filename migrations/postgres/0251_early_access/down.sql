DROP TABLE early_access;
DROP FUNCTION note_early_access();
