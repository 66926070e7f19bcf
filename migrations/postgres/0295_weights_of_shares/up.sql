-- What the tiers weigh in a fair share, best tier first: `4:3:2:1`, which is what none means.
ALTER TABLE allocation_modes ADD COLUMN weights TEXT;
