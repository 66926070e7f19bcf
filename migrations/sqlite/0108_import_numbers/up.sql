-- The decimal sign of the files, if somebody said it.
ALTER TABLE import_runs ADD COLUMN numbers TEXT;
