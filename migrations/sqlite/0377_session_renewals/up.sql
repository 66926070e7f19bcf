-- When the session's person proved once more who they are, and got another token for it: those from before end soon after.
ALTER TABLE sessions ADD COLUMN renewed_at TEXT;
