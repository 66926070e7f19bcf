-- What is sent instead of what waits of a line: the line that it is sent instead of, and how much of that, in base steps.
ALTER TABLE order_lines ADD COLUMN instead_of_id INTEGER REFERENCES order_lines (id);
ALTER TABLE order_lines ADD COLUMN instead_of_quantity INTEGER;

-- What the supplier's staff propose instead of what waits of a line. Only the account takes it.
CREATE TABLE substitute_proposals (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    ratio_micros INTEGER NOT NULL CHECK (ratio_micros > 0),
    note TEXT,
    state TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    decision_reason TEXT
) STRICT;
CREATE UNIQUE INDEX substitute_proposals_open ON substitute_proposals (order_line_id) WHERE state = 'open';
CREATE INDEX substitute_proposals_of_line ON substitute_proposals (order_line_id);
CREATE INDEX substitute_proposals_of_order ON substitute_proposals (order_id, id);
CREATE INDEX order_lines_instead ON order_lines (instead_of_id) WHERE instead_of_id IS NOT NULL;
