DROP TABLE import_faults;
DROP TABLE import_files;
DROP TABLE import_runs;
