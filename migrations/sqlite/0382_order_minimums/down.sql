DROP TABLE order_minimums;
