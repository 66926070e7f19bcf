DROP TABLE reminder_tiers;
DROP TABLE charge_applications;
DROP TABLE open_charges;
