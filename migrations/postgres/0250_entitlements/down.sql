ALTER TABLE drafts DROP COLUMN if_not_entitled;
DROP INDEX orders_of_class;
DROP TABLE entitlements;
