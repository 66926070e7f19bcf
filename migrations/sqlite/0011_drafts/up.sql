-- Orders that are not placed yet, as somebody typed them. A placed draft keeps its head, so that it can say what became
-- of it; its lines are the order's then.
CREATE TABLE drafts (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    owner_id INTEGER NOT NULL REFERENCES people (id),
    title TEXT,
    po_number TEXT,
    ship_to TEXT,
    requested_on TEXT,
    order_class TEXT NOT NULL,
    note TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by INTEGER NOT NULL REFERENCES people (id),
    order_id INTEGER REFERENCES orders (id)
) STRICT;
CREATE INDEX drafts_of_account ON drafts (account_id, changed_at) WHERE order_id IS NULL;
CREATE INDEX drafts_of_order ON drafts (order_id) WHERE order_id IS NOT NULL;

-- Key, quantity and unit as typed; `product_id` is what the key was found to mean, `shown_net_minor` what the line cost
-- when it was last changed.
CREATE TABLE draft_lines (
    id INTEGER NOT NULL PRIMARY KEY,
    draft_id INTEGER NOT NULL REFERENCES drafts (id),
    position INTEGER NOT NULL,
    key_text TEXT NOT NULL,
    quantity_text TEXT NOT NULL,
    unit_text TEXT NOT NULL,
    note TEXT,
    product_id INTEGER REFERENCES products (id),
    shown_net_minor INTEGER
) STRICT;
CREATE UNIQUE INDEX draft_lines_position ON draft_lines (draft_id, position);
