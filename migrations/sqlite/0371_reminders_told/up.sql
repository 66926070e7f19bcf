-- What an account had paid or got credited and what had settled no invoice, as it was reminded or as a run proposed it;
-- not known of what is older.
ALTER TABLE reminders ADD COLUMN on_account_minor INTEGER;
ALTER TABLE reminder_proposals ADD COLUMN on_account_minor INTEGER;
-- The moment at which somebody was told that orders will be held: a day lies between, whenever of the day it was.
ALTER TABLE account_reminders ADD COLUMN hold_told_at TEXT;
