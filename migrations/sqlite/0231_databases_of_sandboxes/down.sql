DROP TABLE sandbox_databases;
