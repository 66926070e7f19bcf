-- What of fees and interest of reminders is still to be paid, and which payment settled what of it.
CREATE TABLE open_charges (
    reminder_id BIGINT NOT NULL PRIMARY KEY REFERENCES reminders (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    charged_on DATE NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    open_minor BIGINT NOT NULL CHECK (open_minor >= 0 AND open_minor <= amount_minor)
);
CREATE INDEX open_charges_of_account ON open_charges (account_id, charged_on, reminder_id) WHERE open_minor > 0;

CREATE TABLE charge_applications (
    id BIGINT NOT NULL PRIMARY KEY,
    payment_id BIGINT NOT NULL REFERENCES payments (id),
    reminder_id BIGINT NOT NULL REFERENCES reminders (id),
    amount_minor BIGINT NOT NULL,
    applied_at TIMESTAMP NOT NULL
);
CREATE INDEX charge_applications_of_payment ON charge_applications (payment_id);
CREATE INDEX charge_applications_of_reminder ON charge_applications (reminder_id);

INSERT INTO open_charges (reminder_id, account_id, charged_on, amount_minor, open_minor)
    SELECT r.id, r.account_id, r.sent_on, r.fee_minor + r.interest_minor,
        CASE WHEN w.reminder_id IS NULL THEN r.fee_minor + r.interest_minor ELSE 0 END
    FROM reminders r LEFT JOIN waived_reminders w ON w.reminder_id = r.id WHERE r.fee_minor + r.interest_minor > 0;

-- Which policy accounts of a tier have that name none, and whose parent names none.
CREATE TABLE reminder_tiers (
    tier TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    policy_id BIGINT NOT NULL REFERENCES reminder_policies (id)
);

CREATE FUNCTION note_reminders_by_open_charges() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''reminders'', o.reminder_id, o.account_id, at_us FROM told o ORDER BY o.reminder_id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER open_charges_noted_update AFTER UPDATE ON open_charges REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_reminders_by_open_charges();
