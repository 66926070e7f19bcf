DROP TABLE prices;
DROP TABLE price_lists;
