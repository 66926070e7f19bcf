-- What somebody typed for the article, where that is not its number.
ALTER TABLE order_lines ADD COLUMN typed TEXT;
