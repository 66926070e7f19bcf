DROP TABLE bulk_pieces;
DROP TABLE bulk_jobs;
