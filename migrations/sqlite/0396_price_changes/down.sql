DROP TABLE price_change_previews;
DROP TABLE price_change_rows;
DROP TABLE price_changes;
DELETE FROM changes WHERE list = 'price_changes';
