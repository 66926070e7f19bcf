//! What values look like, by the names they have everywhere: one name means one thing in the whole document.

use crate::drafts::rules::KEY_CHARS_MAX;
use crate::http::{BODY_BYTES_MAX, UPLOAD_BYTES_MAX};
use crate::limits;
use crate::orders::rules::head::{NOTE_CHARS_MAX, PO_NUMBER_CHARS_MAX};
use crate::shipments::rules::CARRIER_CHARS_MAX;

/// Whole numbers that every reader of JSON keeps exactly (RFC 8259, section 6).
pub const EXACT_MAX: isize = 9_007_199_254_740_991;

/// How a text is described.
#[derive(Debug, Clone, Copy)]
pub enum Looks {
    /// By a regular expression (ECMA-262).
    Like(&'static str),
    /// By a format of JSON Schema.
    As(&'static str),
}

/// What a text looks like, and how many characters it has at most.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    pub looks: Looks,
    pub chars_max: usize,
}

const fn like(pattern: &'static str, chars_max: usize) -> Form {
    Form {
        looks: Looks::Like(pattern),
        chars_max,
    }
}

const fn as_format(format: &'static str, chars_max: usize) -> Form {
    Form {
        looks: Looks::As(format),
        chars_max,
    }
}

/// Words: no control characters but tab and line ends.
const WORDS: &str = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]*$";
/// A name that a program gives: of a code, a state, a unit, a kind.
const WORD: &str = r"^[a-z0-9_.]*$";

const fn words(chars_max: usize) -> Form {
    like(WORDS, chars_max)
}

/// RFC 3339, UTC
pub const TIME: Form = as_format("date-time", 40);
/// RFC 3339, full-date
pub const DATE: Form = as_format("date", 10);
/// What is uploaded.
pub const FILE: Form = as_format("binary", UPLOAD_BYTES_MAX);
const ID: Form = like("^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{13}$", 17);
const DECIMAL: Form = like(r"^-?[0-9]+(\.[0-9]+)?$", 30);
const TEXT: Form = words(BODY_BYTES_MAX);

/// Names and the form of what they name. A name with a schema before it means only that one's. A name that isn't here is of any text.
const FORMS: &[(Form, &[&str])] = &[
    (
        ID,
        &[
            "EventView.subject",
            "WebhookDeliveryView.endpoint",
            "WebhookDeliveryView.event",
            "WebhookDeliveryView.subject",
            "account_id",
            "change_id",
            "client",
            "contact",
            "corrected_by_id",
            "corrected_id",
            "credit_note_id",
            "difference_invoice_id",
            "id",
            "invoice_id",
            "order_id",
            "order_line_id",
            "payment_id",
            "placed_by",
            "preceding_invoice_id",
            "product_id",
            "reminder_id",
            "shipment_id",
            "statement_id",
            "takes_back",
            "which",
        ],
    ),
    (
        TIME,
        &[
            "accepted_at",
            "added_at",
            "answered_at",
            "applied_at",
            "at",
            "attempted_at",
            "cancelled_at",
            "closed_at",
            "created_at",
            "decided_at",
            "delivered_at",
            "disabled_at",
            "ended_at",
            "expires_at",
            "failing_since",
            "issued_at",
            "last_success_at",
            "last_used_at",
            "next_attempt_at",
            "next_updated_since",
            "occurred_at",
            "offered_at",
            "old_secret_until",
            "opened_at",
            "packed_at",
            "placed_at",
            "previewed_at",
            "queued_at",
            "recorded_at",
            "removed_at",
            "reversed_at",
            "revoked_at",
            "rolled_back_at",
            "sent_at",
            "settled_at",
            "shipped_at",
            "signed_at",
            "submitted_at",
            "written_at",
            "waived_at",
        ],
    ),
    (DATE, &["valid_from", "valid_to"]),
    (
        DECIMAL,
        &[
            "PacePointView.expected",
            "PacePointView.fulfilled",
            "PaceView.expected",
            "PaceView.fulfilled",
            "DiscountView.value",
            "InvoiceLineView.gross",
            "OrderMinimumView.minimum",
            "PriceStep.each",
            "PriceStep.percent",
            "amount",
            "available",
            "backordered",
            "balance",
            "base",
            "base_quantity",
            "cancelled",
            "cancelled_total",
            "charges",
            "closing_balance",
            "committed",
            "committed_here",
            "cost",
            "credit_limit",
            "credited",
            "credited_total",
            "difference",
            "exposure",
            "fee",
            "forecast_linear",
            "forecast_season",
            "free",
            "free_freight_from",
            "gross_total",
            "gross_weight_kg",
            "group_limit",
            "insured_limit",
            "interest",
            "invoiced",
            "late_1_30",
            "late_31_60",
            "late_61_90",
            "late_over_90",
            "margin_after",
            "margin_before",
            "list_price",
            "max_quantity",
            "min_quantity",
            "missing",
            "multiple",
            "net",
            "was_net",
            "was_price",
            "net_total",
            "not_due",
            "not_due_total",
            "on_account",
            "on_hand",
            "over",
            "open_amount",
            "opening_balance",
            "overdue_total",
            "pack_price",
            "pallet_room",
            "pallets",
            "payments_moved",
            "price",
            "quantity",
            "was_quantity",
            "rate",
            "reserved",
            "saves",
            "shipped",
            "shortfall",
            "shortfall_cost",
            "shortfall_rate",
            "smallest_amount",
            "tax_rate",
            "tax_total",
            "unit_price",
            "usable_limit",
            "wanted",
        ],
    ),
    (like("^[A-Z]{3}$", 3), &["currency"]),
    (like("^[A-Z]{2}$", 2), &["country"]),
    (like("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", 35), &["locale"]),
    (like("^[0-9]*$", 14), &["gtin", "label_gtin"]),
    (like("^[A-Z]{1,2}$", 2), &["tax_category"]),
    (like("^VATEX-[A-Z0-9-]+$", 30), &["reason_code"]),
    (like("^kaps_[0-9A-Za-z]{39}$", 44), &["NewClientSecretView.secret"]),
    (like("^[0-9A-Za-z]{4}$", 4), &["last_four"]),
    (
        like("^[!-~]*$", 20_000),
        &["access_token", "client_assertion", "client_assertion_type"],
    ),
    (like("^[a-z: ]*$", 1_000), &["scope"]),
    (like(WORD, 60), &["action", "params", "step"]),
    (words(64), &["time_zone"]),
    (
        words(limits::CODE),
        &[
            "CreateDiscount.discount",
            "DiscountView.discount",
            "InvoiceDiscountView.discount",
            "PriceStep.discount",
            "account",
            "commitment",
            "contract",
            "exclusive_account",
            "parent",
            "price_group",
            "price_list",
            "ship_to",
            "site",
            "sites",
            "warehouse",
        ],
    ),
    (words(limits::SKU), &["sku"]),
    (words(limits::PART_NUMBER), &["customer_part_number"]),
    (words(limits::UNIT), &["unit", "base_unit", "price_unit", "unit_code"]),
    (
        words(limits::NAME),
        &[
            "account_name",
            "actor_name",
            "brand",
            "insurer",
            "job_title",
            "label_brand",
            "label_name",
            "manager",
            "name",
        ],
    ),
    (words(limits::ADDRESS), &["city", "street"]),
    (words(limits::CATEGORY), &["category"]),
    (words(limits::POSTAL_CODE), &["postal_code"]),
    (words(limits::PHONE), &["phone"]),
    (words(limits::ENDPOINT), &["endpoint"]),
    (words(limits::REGISTER), &["legal_id"]),
    (
        words(limits::REFERENCE),
        &["buyer_reference", "contract_reference", "insurance_policy"],
    ),
    (words(limits::VAT_ID), &["vat_id"]),
    (words(limits::IBAN), &["iban", "mandate_iban", "payer_iban"]),
    (words(limits::BIC), &["bic"]),
    (words(limits::MANDATE), &["mandate_reference"]),
    (words(limits::EMAIL), &["email", "deputy_email", "einvoice_email"]),
    (words(PO_NUMBER_CHARS_MAX), &["po_number"]),
    (words(NOTE_CHARS_MAX), &["note"]),
    (words(CARRIER_CHARS_MAX), &["carrier", "tracking_number"]),
    (words(KEY_CHARS_MAX), &["typed"]),
    (words(200), &["request_id", "X-Request-Id"]),
    (like(r"^[!-~]+$", 255), &["Idempotency-Key"]),
    (like("^[ -~]*$", 1_000), &["ETag", "If-Match", "If-None-Match"]),
    (like("^[A-Za-z0-9_-]*$", 2_000), &["cursor", "next_cursor"]),
];

/// The form of what is called `name` in the schema `owner`.
pub fn of(owner: &str, name: &str) -> Form {
    let own = format!("{owner}.{name}");
    let found = |name: &str| FORMS.iter().find(|(_, names)| names.contains(&name));
    let form = found(&own).or_else(|| found(name));
    form.map_or(TEXT, |(form, _)| *form)
}

/// Between which numbers lies what is called `name`; else it is 0 or more.
pub fn numbers(owner: &str, name: &str) -> Option<(isize, isize)> {
    Some(match name {
        // What others answered.
        "status" if owner.starts_with("Webhook") => (100, 999),
        // Values in sentences.
        "" => (-EXACT_MAX, EXACT_MAX),
        "status" => (400, 599),
        "price_base" => (1, 1_000),
        "decimals" => (0, 6),
        "payment_terms_days" | "lead_time_days" => (0, 3_650),
        // Below zero before it is due.
        "overdue_days" => (-EXACT_MAX, EXACT_MAX),
        "denominator" | "multiple" | "numerator" => (1, 1_000_000_000),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_one_form() {
        let mut names: Vec<_> = FORMS.iter().flat_map(|(_, names)| names.iter()).collect();
        names.sort();
        assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
    }
}
