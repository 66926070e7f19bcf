-- Orders that are not placed yet, as somebody typed them. A placed draft keeps its head, so that it can say what became
-- of it; its lines are the order's then.
CREATE TABLE drafts (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    owner_id BIGINT NOT NULL REFERENCES people (id),
    title TEXT,
    po_number TEXT,
    ship_to TEXT,
    requested_on DATE,
    order_class TEXT NOT NULL,
    note TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by BIGINT NOT NULL REFERENCES people (id),
    order_id BIGINT REFERENCES orders (id)
);
CREATE INDEX drafts_of_account ON drafts (account_id, changed_at) WHERE order_id IS NULL;
CREATE INDEX drafts_of_order ON drafts (order_id) WHERE order_id IS NOT NULL;

-- Key, quantity and unit as typed; `product_id` is what the key was found to mean, `shown_net_minor` what the line cost
-- when it was last changed.
CREATE TABLE draft_lines (
    id BIGINT NOT NULL PRIMARY KEY,
    draft_id BIGINT NOT NULL REFERENCES drafts (id),
    position BIGINT NOT NULL,
    key_text TEXT NOT NULL,
    quantity_text TEXT NOT NULL,
    unit_text TEXT NOT NULL,
    note TEXT,
    product_id BIGINT REFERENCES products (id),
    shown_net_minor BIGINT
);
CREATE UNIQUE INDEX draft_lines_position ON draft_lines (draft_id, position);
