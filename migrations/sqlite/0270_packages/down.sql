DROP TABLE package_items;
DROP TABLE packages;
DROP TABLE packing_lines;
DROP TABLE packings;
DROP TABLE sscc_serials;
ALTER TABLE supplier DROP COLUMN gs1_company_prefix;
