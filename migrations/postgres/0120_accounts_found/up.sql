-- Code and name of an account as they are searched: without case and accents. The program fills it, at once after this step.
ALTER TABLE accounts ADD COLUMN search_text TEXT;
