-- What an account had paid or got credited and what had settled no invoice, as it was reminded or as a run proposed it.
ALTER TABLE reminders ADD COLUMN on_account_minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reminder_proposals ADD COLUMN on_account_minor INTEGER NOT NULL DEFAULT 0;
-- The moment at which somebody was told that orders will be held: a day lies between, whenever of the day it was.
ALTER TABLE account_reminders ADD COLUMN hold_told_at TEXT;
