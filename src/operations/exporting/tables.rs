//! What is kept of an account, table by table: which rows are its own, and what of them is no business of files.

/// Rows of an account that become a file.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    /// Which rows, as SQL over `t`; `$1` is the account.
    pub whose: &'static str,
    /// What its rows are sorted by, which together no two share.
    pub key: &'static [&'static str],
    /// Columns that stay here: secrets, and what is made of other columns.
    pub without: &'static [&'static str],
    /// What a reader is told.
    pub told: &'static str,
}

const OWN: &str = "t.account_id = $1";

const fn own(name: &'static str, told: &'static str) -> Table {
    Table {
        name,
        whose: OWN,
        key: &["id"],
        without: &[],
        told,
    }
}

const fn of(name: &'static str, whose: &'static str, key: &'static [&'static str], told: &'static str) -> Table {
    Table {
        whose,
        key,
        ..own(name, told)
    }
}

const fn but(table: Table, without: &'static [&'static str]) -> Table {
    Table { without, ..table }
}

const ORDERS: &str = "t.order_id IN (SELECT o.id FROM orders o WHERE o.account_id = $1)";
const PEOPLE: &str = "t.person_id IN (SELECT p.id FROM people p WHERE p.account_id = $1)";

/// All of it, in the order of the files.
pub const TABLES: &[Table] = &[
    but(
        of("accounts", "t.id = $1", &["id"], "the account and its terms"),
        &["code_key", "search_text"],
    ),
    own("sites", "places that are delivered to"),
    own("delivery_windows", "when sites take deliveries"),
    of(
        "calendars",
        "t.site_id IN (SELECT s.id FROM sites s WHERE s.account_id = $1)",
        &["id"],
        "days on which sites take deliveries",
    ),
    own("contacts", "people who do not sign in"),
    but(
        own("people", "people who sign in, and the rows that stand for programs"),
        &["password_hash"],
    ),
    of("person_roles", PEOPLE, &["person_id", "role"], "roles of people"),
    of(
        "person_sites",
        PEOPLE,
        &["person_id", "site_id"],
        "sites whose mails people get",
    ),
    of(
        "muted_mails",
        PEOPLE,
        &["person_id", "kind"],
        "mails that people do not want",
    ),
    of("saved_views", PEOPLE, &["id"], "views of lists that people saved"),
    of("sessions", PEOPLE, &["id"], "sign-ins and where from"),
    but(
        of("passkeys", PEOPLE, &["id"], "passkeys of people"),
        &["credential_id", "public_key", "counter"],
    ),
    but(own("invitations", "who was invited"), &["nonce", "token_hash"]),
    own("team_members", "the supplier's staff behind the account"),
    own("actings", "when the supplier's staff acted for the account, and why"),
    own("clients", "programs"),
    but(
        of(
            "client_secrets",
            "t.client_id IN (SELECT c.id FROM clients c WHERE c.account_id = $1)",
            &["id"],
            "secrets of programs, without what they are",
        ),
        &["secret_hash"],
    ),
    but(
        own("webhook_endpoints", "where webhooks go"),
        &["secret", "old_secret", "lease", "leased_until"],
    ),
    of(
        "webhook_deliveries",
        "t.endpoint_id IN (SELECT e.id FROM webhook_endpoints e WHERE e.account_id = $1)",
        &["id"],
        "what was sent there",
    ),
    but(
        of(
            "punchout_setups",
            OWN,
            &["account_id"],
            "how the buyer's system is connected",
        ),
        &["secret_hash", "out_secret", "oci_secret_hash", "mac_secret"],
    ),
    own("punchout_shoppers", "people who shop from there"),
    but(own("punchout_sessions", "their visits"), &["start_hash", "token_hash"]),
    of("punchout_orders", OWN, &["order_id"], "orders that came from there"),
    own("punchout_documents", "documents that were exchanged"),
    of(
        "punchout_updates",
        OWN,
        &["change_id"],
        "orders that the buyer's system changed",
    ),
    of(
        "products",
        "t.exclusive_account_id = $1 OR t.id IN (SELECT a.product_id FROM assortment a WHERE a.account_id = $1) \
         OR t.id IN (SELECT l.product_id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.account_id = $1)",
        &["id"],
        "articles that rows of other files name",
    ),
    but(own("assortment", "own part numbers and labels"), &["part_key"]),
    own("sale_units", "units of the account's own"),
    of(
        "contracts",
        "t.account_id = $1 AND t.state <> {contract_state draft}",
        &["id"],
        "contracts that were offered to it",
    ),
    of(
        "commitments",
        "t.account_id = $1 AND t.contract_id IN (SELECT c.id FROM contracts c WHERE c.account_id = $1 \
         AND c.state <> {contract_state draft})",
        &["id"],
        "what it commits itself to by them",
    ),
    but(own("price_lists", "price lists of the account's own"), &["code_key"]),
    of(
        "prices",
        "t.price_list_id IN (SELECT p.id FROM price_lists p WHERE p.account_id = $1)",
        &["id"],
        "their prices",
    ),
    own("order_minimums", "what its orders must come to"),
    but(own("discounts", "what is taken off its prices"), &["code_key"]),
    own("entitlements", "which order classes it may use"),
    own("early_access", "what it sees and orders before others"),
    own("quotas", "stock that is kept for it"),
    own("drafts", "orders that are not placed yet"),
    of(
        "draft_lines",
        "t.draft_id IN (SELECT d.id FROM drafts d WHERE d.account_id = $1)",
        &["id"],
        "their lines",
    ),
    but(own("orders", "orders"), &["po_key"]),
    of(
        "order_lines",
        ORDERS,
        &["id"],
        "their lines, with prices and why they are what they are",
    ),
    of(
        "order_line_promises",
        "t.order_line_id IN (SELECT l.id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.account_id = $1)",
        &["order_line_id", "expected_receipt_id"],
        "what lines that wait were promised of",
    ),
    own("order_changes", "changes of orders"),
    own("substitute_proposals", "what was proposed instead of what waited"),
    of(
        "credit_approvals",
        ORDERS,
        &["order_id"],
        "who let orders pass above the credit limit",
    ),
    own("packings", "what is being packed"),
    of(
        "packing_lines",
        "t.packing_id IN (SELECT p.id FROM packings p WHERE p.account_id = $1)",
        &["packing_id", "position"],
        "their lines",
    ),
    own("consignments", "shipments that travel together"),
    own("shipments", "shipments"),
    of(
        "shipment_lines",
        "t.shipment_id IN (SELECT s.id FROM shipments s WHERE s.account_id = $1)",
        &["id"],
        "their lines",
    ),
    own("packages", "packages"),
    of(
        "package_items",
        "t.package_id IN (SELECT p.id FROM packages p WHERE p.account_id = $1)",
        &["package_id", "order_line_id"],
        "what is in them",
    ),
    but(
        own("delivery_proofs", "proofs of delivery; the pictures are in files/"),
        &["content"],
    ),
    own("invoices", "invoices"),
    of(
        "invoice_lines",
        "t.invoice_id IN (SELECT i.id FROM invoices i WHERE i.account_id = $1)",
        &["id"],
        "their lines",
    ),
    of(
        "invoice_taxes",
        "t.invoice_id IN (SELECT i.id FROM invoices i WHERE i.account_id = $1)",
        &["invoice_id", "category", "rate_ppm"],
        "their tax",
    ),
    of(
        "invoice_corrections",
        OWN,
        &["corrected_id"],
        "which invoices took the place of which",
    ),
    of(
        "billed_shipments",
        "t.invoice_id IN (SELECT i.id FROM invoices i WHERE i.account_id = $1)",
        &["shipment_id"],
        "the invoice of each shipment that holds",
    ),
    of(
        "price_correction_lines",
        OWN,
        &["correction_id", "invoice_line_id"],
        "lines whose price was corrected",
    ),
    of(
        "invoice_disputes",
        OWN,
        &["invoice_id"],
        "what was said against invoices",
    ),
    of("einvoice_files", OWN, &["name"], "e-invoices for an access point"),
    own("credit_notes", "credit notes"),
    own("rebates", "rebates on what was bought in some days"),
    own("rebate_agreements", "what was agreed to be given back"),
    of(
        "rebate_tiers",
        "t.agreement_id IN (SELECT g.id FROM rebate_agreements g WHERE g.account_id = $1)",
        &["id"],
        "from which turnover on how much",
    ),
    own("rebate_periods", "what it came to in each period"),
    own("rebate_accruals", "how it came to that, by invoiced line"),
    own("rebate_settlements", "what of it is to be paid, and was"),
    of(
        "credit_note_lines",
        "t.credit_note_id IN (SELECT c.id FROM credit_notes c WHERE c.account_id = $1)",
        &["credit_note_id", "position"],
        "their lines",
    ),
    of(
        "credit_note_taxes",
        "t.credit_note_id IN (SELECT c.id FROM credit_notes c WHERE c.account_id = $1)",
        &["credit_note_id", "category", "rate_ppm"],
        "their tax",
    ),
    of(
        "credit_applications",
        "t.credit_note_id IN (SELECT c.id FROM credit_notes c WHERE c.account_id = $1)",
        &["id"],
        "which invoices they settled",
    ),
    of("open_credits", OWN, &["credit_note_id"], "what is left of credit notes"),
    own("payments", "payments"),
    of(
        "payment_applications",
        "t.payment_id IN (SELECT p.id FROM payments p WHERE p.account_id = $1)",
        &["id"],
        "which invoices they settled",
    ),
    of(
        "charge_applications",
        "t.payment_id IN (SELECT p.id FROM payments p WHERE p.account_id = $1)",
        &["id"],
        "which reminders' costs they settled",
    ),
    own("write_offs", "what of invoices was settled without money"),
    of(
        "write_off_taxes",
        "t.write_off_id IN (SELECT w.id FROM write_offs w WHERE w.account_id = $1)",
        &["write_off_id", "category", "rate_ppm"],
        "by how much net and tax are less",
    ),
    own("refunds", "money that was paid back"),
    of(
        "refund_parts",
        "t.refund_id IN (SELECT r.id FROM refunds r WHERE r.account_id = $1)",
        &["refund_id", "position"],
        "what it was taken from",
    ),
    of(
        "account_payment_terms",
        OWN,
        &["account_id"],
        "its cash discount, and whether statements go out",
    ),
    own("statement_mailings", "months whose statement went out"),
    of("open_items", OWN, &["invoice_id"], "what is open of invoices"),
    of(
        "open_charges",
        OWN,
        &["reminder_id"],
        "what is open of charges of reminders",
    ),
    of("bank_payers", OWN, &["iban"], "bank accounts that pay for it"),
    own("bank_entries", "what the bank told of its payments"),
    of(
        "bank_entry_payments",
        "t.payment_id IN (SELECT p.id FROM payments p WHERE p.account_id = $1)",
        &["payment_id"],
        "which payments they are",
    ),
    own("account_credits", "its credit: group, insurance, when it is checked"),
    of("ledger_balances", OWN, &["account_id"], "what is committed and owed"),
    own("ledger_entries", "how it came to that"),
    own("reminders", "reminders"),
    of(
        "reminder_items",
        "t.reminder_id IN (SELECT r.id FROM reminders r WHERE r.account_id = $1)",
        &["reminder_id", "position"],
        "what they asked for",
    ),
    of(
        "waived_reminders",
        "t.reminder_id IN (SELECT r.id FROM reminders r WHERE r.account_id = $1)",
        &["reminder_id"],
        "charges that were waived",
    ),
    of("account_reminders", OWN, &["account_id"], "how the account is reminded"),
    own("payment_promises", "promises to pay"),
    of(
        "promised_invoices",
        "t.promise_id IN (SELECT p.id FROM payment_promises p WHERE p.account_id = $1)",
        &["promise_id", "invoice_id"],
        "which invoices they are about",
    ),
    own("claims", "claims"),
    of(
        "claim_lines",
        "t.claim_id IN (SELECT c.id FROM claims c WHERE c.account_id = $1)",
        &["claim_id", "position"],
        "their lines",
    ),
    of(
        "claim_messages",
        "t.claim_id IN (SELECT c.id FROM claims c WHERE c.account_id = $1)",
        &["id"],
        "what was written about them",
    ),
    but(
        own("claim_files", "what was sent with them; the files are in files/"),
        &["content"],
    ),
    own("returns", "returns"),
    of(
        "return_lines",
        "t.return_id IN (SELECT r.id FROM returns r WHERE r.account_id = $1)",
        &["return_id", "position"],
        "their lines",
    ),
    but(
        own("bulk_jobs", "jobs of many rows"),
        &["lease", "leased_until", "head"],
    ),
    own("sandboxes", "its sandbox, of which nothing else is here"),
    own("messages", "mails that went out"),
    own("events", "what happened"),
    own("erasures", "people that were forgotten"),
    of(
        "audit_entries",
        // What became of drafts of contracts is the supplier's, for it holds their terms; why a price was granted, too.
        "t.account_id = $1 AND t.action NOT LIKE 'price.%' \
         AND t.action NOT IN ('contract.add', 'contract.change', 'contract.commit', 'contract.remove')",
        &["id"],
        "who did what",
    ),
];

/// Tables with a column `account_id` of which nothing is written, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    (
        "account_credits",
        "what an insurer answers for and who shares its limit, which is the supplier's own",
    ),
    (
        "contract_warnings",
        "what was told of its contracts; the mails are here",
    ),
    ("changes", "which rows changed when, for lists; the rows are here"),
    (
        "price_change_previews",
        "what price changes come to, which tells what the supplier earns",
    ),
    ("reminder_proposal_items", "what a run looked at; what was sent is here"),
    ("reminder_proposals", "what a run looked at; what was sent is here"),
];
