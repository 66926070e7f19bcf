ALTER TABLE punchout_setups DROP COLUMN mac_secret;
DROP TABLE punchout_updates;
