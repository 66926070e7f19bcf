ALTER TABLE sessions DROP COLUMN proven_at;
ALTER TABLE sessions DROP COLUMN idle_at;
ALTER TABLE sessions DROP COLUMN last_used_at;
