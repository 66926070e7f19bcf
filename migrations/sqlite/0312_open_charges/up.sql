-- What of fees and interest of reminders is still to be paid, and which payment settled what of it.
CREATE TABLE open_charges (
    reminder_id INTEGER NOT NULL PRIMARY KEY REFERENCES reminders (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    charged_on TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    open_minor INTEGER NOT NULL CHECK (open_minor >= 0 AND open_minor <= amount_minor)
) STRICT;
CREATE INDEX open_charges_of_account ON open_charges (account_id, charged_on, reminder_id) WHERE open_minor > 0;

CREATE TABLE charge_applications (
    id INTEGER NOT NULL PRIMARY KEY,
    payment_id INTEGER NOT NULL REFERENCES payments (id),
    reminder_id INTEGER NOT NULL REFERENCES reminders (id),
    amount_minor INTEGER NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;
CREATE INDEX charge_applications_of_payment ON charge_applications (payment_id);
CREATE INDEX charge_applications_of_reminder ON charge_applications (reminder_id);

INSERT INTO open_charges (reminder_id, account_id, charged_on, amount_minor, open_minor)
    SELECT r.id, r.account_id, r.sent_on, r.fee_minor + r.interest_minor,
        CASE WHEN w.reminder_id IS NULL THEN r.fee_minor + r.interest_minor ELSE 0 END
    FROM reminders r LEFT JOIN waived_reminders w ON w.reminder_id = r.id WHERE r.fee_minor + r.interest_minor > 0;

-- Which policy accounts of a tier have that name none, and whose parent names none.
CREATE TABLE reminder_tiers (
    tier TEXT NOT NULL PRIMARY KEY,
    policy_id INTEGER NOT NULL REFERENCES reminder_policies (id)
) STRICT;

CREATE TRIGGER open_charges_noted_update AFTER UPDATE ON open_charges BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'reminders', NEW.reminder_id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
