DROP TABLE early_access;
