DROP TABLE margin_floors;
DROP TABLE product_costs;
DELETE FROM changes WHERE list = 'product_costs';
