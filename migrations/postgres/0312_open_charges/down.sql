DROP TABLE reminder_tiers;
DROP TABLE charge_applications;
DROP TABLE open_charges;
DROP FUNCTION note_reminders_by_open_charges();
