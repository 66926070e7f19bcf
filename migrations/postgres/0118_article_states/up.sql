-- Whether an article is sold: active, phase_out (only what is in stock) or ended.
ALTER TABLE products ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
