ALTER TABLE account_reminders DROP COLUMN hold_told_at;
ALTER TABLE reminder_proposals DROP COLUMN on_account_minor;
ALTER TABLE reminders DROP COLUMN on_account_minor;
