DROP INDEX sale_units_product;
