-- What is sent instead of what waits of a line: the line that it is sent instead of, and how much of that, in base steps.
ALTER TABLE order_lines ADD COLUMN instead_of_id BIGINT REFERENCES order_lines (id);
ALTER TABLE order_lines ADD COLUMN instead_of_quantity BIGINT;

-- What the supplier's staff propose instead of what waits of a line. Only the account takes it.
CREATE TABLE substitute_proposals (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    ratio_micros BIGINT NOT NULL CHECK (ratio_micros > 0),
    note TEXT,
    state TEXT COLLATE "C" NOT NULL,
    made_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    decided_by TEXT,
    decided_at TIMESTAMP,
    decision_reason TEXT
);
CREATE UNIQUE INDEX substitute_proposals_open ON substitute_proposals (order_line_id) WHERE state = 'open';
CREATE INDEX substitute_proposals_of_line ON substitute_proposals (order_line_id);
CREATE INDEX substitute_proposals_of_order ON substitute_proposals (order_id, id);
CREATE INDEX order_lines_instead ON order_lines (instead_of_id) WHERE instead_of_id IS NOT NULL;
