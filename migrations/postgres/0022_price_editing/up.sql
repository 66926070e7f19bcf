-- The rows of one list, page by page.
CREATE INDEX prices_of_list ON prices (price_list_id, product_id);
