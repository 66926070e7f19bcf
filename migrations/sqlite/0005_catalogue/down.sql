DROP TABLE search_words;
DROP TABLE assortment;
DROP TABLE sale_units;
DROP TABLE products;
