-- Since when a key proves no token any more.
ALTER TABLE signing_keys ADD COLUMN retired_at TIMESTAMP;
