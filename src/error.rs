//! What went wrong, sorted by what the caller can do about it. [`Code`] is the one table of codes: the machine-readable
//! name, the HTTP status and the title that `problem.rs`, import reports and pages print.

use std::fmt;

use crate::sentences::{self, Sentence};

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug)]
pub enum Error {
    /// The input is readable but wrong; all faults at once, each with its place.
    Invalid(Vec<FieldError>),
    /// The request can't be read or lacks what every request of its kind needs.
    Malformed {
        /// Which fault.
        code: Code,
        /// What to do about it.
        detail: Sentence,
    },
    /// No proof of who is calling, or a bad one.
    Unauthenticated {
        /// Which fault.
        code: Code,
        /// What to do about it.
        detail: Sentence,
    },
    /// The caller is known and may not do this.
    Forbidden,
    /// There is no such thing for this caller; the same answer for what belongs to others.
    NotFound,
    /// The thing is not in a state that allows this.
    Conflict {
        /// Which rule.
        code: Code,
        /// Which object and state, and what to do.
        detail: Sentence,
    },
    /// A rule of the business refuses it.
    Refused {
        /// Which rule.
        code: Code,
        /// Why, and what to do.
        detail: Sentence,
    },
    /// Too many requests.
    Throttled {
        /// Seconds until the next attempt may succeed.
        retry_after_s: u64,
    },
    /// Not now; the same request may succeed later.
    Unavailable(String),
    /// A fault of ours.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// One fault of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) into the request: `/lines/3/quantity`; for a parameter `/` and its name.
    pub pointer: String,
    /// Which fault.
    pub code: Code,
    /// What is wrong with which value and what would be right.
    pub detail: Sentence,
}

impl FieldError {
    /// A fault at `pointer`.
    pub fn new(pointer: impl Into<String>, code: Code, detail: Sentence) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            detail,
        }
    }
}

impl Error {
    /// The input is wrong in one place.
    pub fn invalid(pointer: impl Into<String>, code: Code, detail: Sentence) -> Self {
        Self::Invalid(vec![FieldError::new(pointer, code, detail)])
    }

    /// The state of the thing forbids this.
    pub fn conflict(code: Code, detail: Sentence) -> Self {
        Self::Conflict { code, detail }
    }

    /// A business rule forbids this.
    pub fn refused(code: Code, detail: Sentence) -> Self {
        Self::Refused { code, detail }
    }

    /// The request can't be read.
    pub fn malformed(code: Code, detail: Sentence) -> Self {
        Self::Malformed { code, detail }
    }

    /// No proof of who is calling.
    pub fn unauthenticated(code: Code, detail: Sentence) -> Self {
        Self::Unauthenticated { code, detail }
    }

    /// A fault of ours that no caller can mend.
    pub fn internal(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(what.into())
    }

    /// What people read; of our own faults no more than that there is one.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Malformed { detail, .. }
            | Self::Unauthenticated { detail, .. }
            | Self::Conflict { detail, .. }
            | Self::Refused { detail, .. } => detail.clone(),
            Self::Invalid(_) => sentences::wrong_values(),
            Self::Throttled { retry_after_s } => sentences::try_again_later(*retry_after_s),
            Self::Forbidden => sentences::forbidden(),
            Self::NotFound => sentences::not_found(),
            Self::Unavailable(_) => sentences::unavailable(),
            Self::Internal(_) => sentences::internal(),
        }
    }

    /// The code of the whole answer.
    pub fn code(&self) -> Code {
        match self {
            Self::Invalid(_) => Code::ValidationFailed,
            Self::Malformed { code, .. }
            | Self::Unauthenticated { code, .. }
            | Self::Conflict { code, .. }
            | Self::Refused { code, .. } => *code,
            Self::Forbidden => Code::Forbidden,
            Self::NotFound => Code::NotFound,
            Self::Throttled { .. } => Code::Throttled,
            Self::Unavailable(_) => Code::Unavailable,
            Self::Internal(_) => Code::Internal,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(errors) => {
                let texts: Vec<_> = errors.iter().map(|e| format!("{}: {}", e.pointer, e.detail)).collect();
                f.write_str(&texts.join("; "))
            }
            Self::Malformed { detail, .. }
            | Self::Unauthenticated { detail, .. }
            | Self::Conflict { detail, .. }
            | Self::Refused { detail, .. } => detail.fmt(f),
            Self::Unavailable(reason) => f.write_str(reason),
            Self::Internal(source) => write!(f, "{source}"),
            Self::Throttled { .. } | Self::Forbidden | Self::NotFound => self.sentence().fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<diesel::result::Error> for Error {
    fn from(source: diesel::result::Error) -> Self {
        Self::internal(source)
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $status:literal $title:literal;)*) => {
        /// The stable, machine-readable name of a fault. Also the last segment of a problem's `type`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum Code { $($variant),* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name on the wire: `unknown_sku`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The HTTP status of an answer with this code.
            pub fn status(self) -> u16 {
                match self { $(Self::$variant => $status),* }
            }

            /// The same short sentence for every occurrence.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),* }
            }
        }
    };
}

codes! {
    // The request
    BadRequest              "bad_request"               400 "The request can't be read";
    MalformedJson           "malformed_json"            400 "The body is not valid JSON";
    IdempotencyKeyRequired  "idempotency_key_required"  400 "The Idempotency-Key header is missing or ill-formed";
    Unauthenticated         "unauthenticated"           401 "Sign-in is needed";
    InvalidCredentials      "invalid_credentials"       401 "Mail address or password is wrong";
    InvalidRefreshToken     "invalid_refresh_token"     401 "The refresh token is not valid";
    SecondFactorRequired    "second_factor_required"    401 "A code is needed beside the password";
    ChallengeOver           "challenge_over"            401 "The challenge of the sign-in is not valid";
    StepUpRequired          "step_up_required"          403 "A fresh proof of who asks is needed";
    SecondFactorMissing     "second_factor_missing"     403 "A second factor must be set up first";
    Forbidden               "forbidden"                 403 "Your role does not allow this";
    InsufficientScope       "insufficient_scope"        403 "The program lacks the scope that this needs";
    PeopleOnly              "people_only"               403 "This is for people, not for programs";
    NetworkNotAllowed       "network_not_allowed"       403 "The program may not call from this address";
    NotFound                "not_found"                 404 "There is no such object";
    MethodNotAllowed        "method_not_allowed"        405 "The method is not allowed here";
    RequestTimeout          "request_timeout"           408 "The request did not arrive in time";
    PayloadTooLarge         "payload_too_large"         413 "The request is too large";
    UnsupportedMediaType    "unsupported_media_type"    415 "The body is of a type that is not taken here";
    ValidationFailed        "validation_failed"         422 "The request has wrong values";
    IdempotencyKeyReused    "idempotency_key_reused"    422 "The Idempotency-Key was used with another request";
    Throttled               "throttled"                 429 "Too many requests";
    Internal                "internal"                  500 "Something failed on our side";
    Unavailable             "unavailable"               503 "The service is not available right now";
    PreconditionRequired    "precondition_required"     428 "If-Match is missing";
    PreconditionFailed      "precondition_failed"       412 "It has changed meanwhile";
    RequestInProgress       "request_in_progress"       409 "A request with this Idempotency-Key is still running";
    // Fields
    Required                "required"                  422 "A value is missing";
    UnknownField            "unknown_field"             422 "The field is not known";
    WrongType               "wrong_type"                422 "The value has the wrong type";
    ValueInvalid            "value_invalid"             422 "The value is not allowed here";
    ValueTooLong            "value_too_long"            422 "The text is too long";
    CursorInvalid           "cursor_invalid"            422 "The cursor does not belong to this list";
    UpdatedSinceForgotten   "updated_since_forgotten"   422 "What changed since then is not known any more";
    UnknownShipTo           "unknown_ship_to"           422 "The account has no such site";
    DateInPast              "date_in_past"              422 "The date has passed";
    TooManyLines            "too_many_lines"            422 "There are too many lines";
    OneKeyNeeded            "one_key_needed"            422 "A line needs exactly one article key";
    // Lines of quotes and orders
    UnknownSku              "unknown_sku"               422 "The article is not in your assortment";
    ArticleEnded            "article_ended"             422 "The article is no longer sold";
    NotYetOrderable         "not_yet_orderable"         422 "The article can't be ordered yet";
    NothingAvailable        "nothing_available"         422 "Nothing of the order is there, and nothing of it shall wait";
    ExceedsStock            "exceeds_stock"             422 "There is less of the article left, and it comes no more";
    UnknownUnit             "unknown_unit"              422 "The article has no such sale unit";
    QuantityInvalid         "quantity_invalid"          422 "The quantity is not a positive number of at most 18 digits";
    QuantityNotWhole        "quantity_not_whole"        422 "The quantity is not a whole number of packs or base steps";
    QuantityBelowMinimum    "quantity_below_minimum"    422 "The quantity is below the unit's minimum";
    QuantityAboveMaximum    "quantity_above_maximum"    422 "The quantity is above the unit's maximum";
    QuantityNotMultiple     "quantity_not_multiple"     422 "The quantity is not a multiple the unit is sold in";
    NoPrice                 "no_price"                  422 "There is no price for this line";
    OrderBelowMinimum       "order_below_minimum"       422 "The order comes to less than agreed";
    PriceOnRequest          "price_on_request"          422 "The price is told on request";
    AmountTooLarge          "amount_too_large"          422 "The amount is larger than the portal can hold";
    // Orders
    PoNumberUsed            "po_number_used"            409 "The purchase order number is used already";
    CreditExceeded          "credit_exceeded"           409 "A limit of credit is exceeded";
    NotEntitled             "not_entitled"              422 "The account may not use the order class";
    EntitlementUsedUp       "entitlement_used_up"       422 "The orders of the class that the month has are used up";
    EntitlementLines        "entitlement_lines"         422 "An order of the class may not have so many lines";
    DraftPlaced             "draft_placed"              409 "The draft was placed as an order";
    DraftChanged            "draft_changed"             409 "The draft has changed meanwhile";
    TooManyDrafts           "too_many_drafts"           409 "The account has too many open drafts";
    ImportStateForbids      "import_state"              409 "The import's state does not allow this";
    BulkStateForbids        "bulk_job_state"            409 "The job's state does not allow this";
    TooManyJobs             "too_many_jobs"             409 "Too many jobs wait";
    UnreadableFile          "unreadable_file"           422 "The file can't be read as a list";
    SupplierIncomplete      "supplier_incomplete"       409 "The supplier's own data lack what this needs";
    ProposalDecided         "proposal_decided"          409 "It was decided already, or taken back";
    ShipsComplete           "ships_complete"            409 "The order leaves only once all of it is there";
    OrderNotCancellable     "order_not_cancellable"     409 "The order can no longer be cancelled";
    OrderStateForbids       "order_state"               409 "The order's state does not allow this";
    NothingToChange         "nothing_to_change"         422 "Nothing of the order would be another";
    NothingWouldBeLeft      "nothing_would_be_left"     422 "Nothing of the order would be left";
    ChangeOpen              "change_open"               409 "A change of the order waits for the supplier already";
    ChangeStateForbids      "change_state"              409 "The change's state does not allow this";
    // Receipts, shipments, invoices, payments
    UnknownExpectedReceipt  "unknown_expected_receipt"  422 "Nothing is expected under this reference";
    UnknownCalendar         "unknown_calendar"          422 "There is no such calendar";
    BelowReceived           "below_received"            422 "More of it has come already";
    ExpectedReceiptClosed   "expected_receipt_closed"   409 "Nothing more of it is expected";
    UnknownWarehouse        "unknown_warehouse"         422 "There is no such warehouse";
    UnknownOrder            "unknown_order"             422 "There is no such order";
    UnknownShipment         "unknown_shipment"          422 "There is no such shipment";
    UnknownLine             "unknown_line"              422 "The order has no such line";
    NotReserved             "not_reserved"              422 "Only what is reserved can be shipped";
    NothingToShip           "nothing_to_ship"           409 "Nothing of the order is reserved";
    ShipmentStateForbids    "shipment_state"            409 "The shipment's state does not allow this";
    BeingPacked             "being_packed"              409 "Something of the order is being packed";
    PackingStateForbids     "packing_state"             409 "It has left, or is not being packed any more";
    PackingIncomplete       "packing_incomplete"        409 "A part of it lies in no package";
    NotInShipment           "not_in_shipment"           422 "There is less of the line to be packed";
    AlreadyInvoiced         "already_invoiced"          409 "The shipment is invoiced already";
    EinvoiceRefused         "einvoice_refused"          422 "The receiver of the e-invoice would refuse it";
    EinvoiceIncomplete      "einvoice_incomplete"       409 "The invoice lacks what the e-invoice needs";
    UnknownInvoice          "unknown_invoice"           422 "The account has no such invoice";
    NothingToCredit         "nothing_to_credit"         409 "All of it is credited already";
    InvoiceNotCorrectable   "invoice_not_correctable"   409 "The invoice can't be corrected in one step";
    PriceChangeStateForbids "price_change_state"        409 "The price change's state does not allow this";
    OwnPriceChange          "own_price_change"          409 "Another person than its authors approves a price change";
    BelowFloor              "below_floor"               422 "Too little would be earned";
    ReasonNeeded            "reason_needed"             422 "The price needs a reason";
    PriceCorrectionStateForbids "price_correction_state" 409 "The price correction's state does not allow this";
    PriceCorrectionTooLarge "price_correction_too_large" 422 "The price correction is about too much at once";
    RebatePaid              "rebate_paid"               409 "A rebate was paid for one of these days already";
    ClaimStateForbids       "claim_state"               409 "The claim's state does not allow this";
    ContractStateForbids    "contract_state"            409 "The contract's state does not allow this";
    ReturnStateForbids      "return_state"              409 "The return's state does not allow this";
    UnknownRebate           "unknown_rebate"            422 "There is no such rebate";
    RebateSettlementStateForbids "rebate_settlement_state" 409 "The settlement's state does not allow this";
    UnknownClaim            "unknown_claim"             422 "There is no such claim";
    FileRefused             "file_refused"              422 "The file is not one that is taken here";
    TooManyFiles            "too_many_files"            409 "There are too many files";
    PaymentReversed         "payment_reversed"          409 "The payment is reversed already";
    PaymentRefunded         "payment_refunded"          409 "Something of the payment was paid back";
    WriteOffReversed        "write_off_reversed"        409 "It is reversed already";
    RefundReversed          "refund_reversed"           409 "The refund is reversed already";
    NothingOpen             "nothing_open"              409 "Nothing of the invoice is open";
    NothingToRefund         "nothing_to_refund"         409 "Nothing is on account that could be paid back";
    BankEntryStateForbids   "bank_entry_state"          409 "The entry's state does not allow this";
    UnknownReminder         "unknown_reminder"          422 "The account owes nothing for such a reminder";
    UnknownReminderPolicy   "unknown_reminder_policy"   422 "There is no such reminder policy";
    ReminderRunStateForbids "reminder_run_state"        409 "The run's state does not allow this";
    DisputeStateForbids     "dispute_state"             409 "Whether the invoice is disputed does not allow this";
    NothingToWaive          "nothing_to_waive"          409 "The reminder costs nothing, or no more";
    // Mails
    MessageDue              "message_due"               409 "The message is due already";
    // Webhooks
    UrlRefused              "url_refused"               422 "The URL is not one that events are sent to";
    UnknownEventType        "unknown_event_type"        422 "There is no such type of event";
    TooManyEndpoints        "too_many_endpoints"        409 "There are too many webhook endpoints";
    WebhookStateForbids     "webhook_state"             409 "The state of the webhook does not allow this";
    // Sandboxes
    SandboxStateForbids     "sandbox_state"             409 "The sandbox does not allow this";
    // Punchout
    PunchoutSessionOver     "punchout_session_over"     409 "The shopping session is over";
    PunchoutDocumentWaits   "punchout_document_waits"   409 "The document waits to be sent, or came from the buyer";
    // People
    TokenUnknown            "token_unknown"             422 "The link is not one of ours";
    TokenUsed               "token_used"                409 "The link was used already";
    TokenExpired            "token_expired"             409 "The link has expired";
    TokenWithdrawn          "token_withdrawn"           409 "The link was withdrawn";
    WrongPassword           "wrong_password"            422 "The password is wrong";
    PasswordCommon          "password_common"           422 "The password is among those that others try first";
    PasswordPersonal        "password_personal"         422 "The password is little more than what others know of the person";
    WrongCode               "wrong_code"                422 "The code is wrong or was used";
    PasskeyRefused          "passkey_refused"           422 "The passkey was not accepted";
    TooManyPasskeys         "too_many_passkeys"         409 "The person has too many passkeys";
    KeyInUse                "key_in_use"                409 "The signing key is still needed";
    SecondFactorSet         "second_factor_set"         409 "A second factor is set up already";
    SecondFactorNone        "second_factor_none"        409 "There is no second factor";
    SecondFactorOwn         "second_factor_own"         409 "One's own second factor is not reset";
    EmailTaken              "email_taken"               409 "The mail address belongs to somebody already";
    AlreadyMember           "already_member"            409 "The person is a member already";
    AccountClosed           "account_closed"            409 "The account is closed";
    LastAdmin               "last_admin"                409 "An account keeps at least one admin";
    RoleNotAllowed          "role_not_allowed"          422 "The role is above the rights of who gives it";
    UnknownSite             "unknown_site"              422 "The account has no such site";
    // Programs
    ClientRevoked           "client_revoked"            409 "The program is revoked";
    TooManyClients          "too_many_clients"          409 "There are too many programs";
    TooManySecrets          "too_many_secrets"          409 "The program has two secrets already";
    // Import files
    InvalidUtf8             "invalid_utf8"              422 "The text is not UTF-8";
    BadCsv                  "bad_csv"                   422 "The row is not well-formed CSV";
    UnknownColumn           "unknown_column"            422 "The column is not known";
    DuplicateColumn         "duplicate_column"          422 "The column stands twice";
    MissingColumn           "missing_column"            422 "A column is missing";
    DuplicateKey            "duplicate_key"             422 "There is one with this key already";
    LookAlike               "look_alike"                422 "There is one that looks the same";
    AmbiguousNumber         "ambiguous_number"          422 "The number can be read in two ways";
    BadNumber               "bad_number"                422 "The value is not a number of the wanted form";
    BadDate                 "bad_date"                  422 "The value is not a date of the form YYYY-MM-DD";
    BadGtin                 "bad_gtin"                  422 "The GTIN's length or check digit is wrong";
    GtinUsed                "gtin_used"                 422 "The GTIN belongs to another article or unit";
    PartNumberUsed          "part_number_used"          422 "The part number belongs to another article";
    UnknownCurrency         "unknown_currency"          422 "The currency is not one of ISO 4217";
    WrongCurrency           "wrong_currency"            422 "The currency does not fit";
    UnknownCountry          "unknown_country"           422 "The country is not one of ISO 3166-1";
    UnknownTimeZone         "unknown_time_zone"         422 "The time zone is not in the IANA list";
    UnknownPerson           "unknown_person"            422 "There is no such person of the staff";
    UnknownAccount          "unknown_account"           422 "There is no such account";
    UnknownPriceList        "unknown_price_list"        422 "There is no such price list";
    UnknownContract         "unknown_contract"          422 "There is no such contract";
    UnknownTaxRate          "unknown_tax_rate"          422 "The supplier's country has no rate for the category";
    ExclusiveArticle        "exclusive_article"         422 "The article is exclusive to another account";
    StillInUse              "still_in_use"              422 "The value can't change while it is in use";
    BelowReserved           "below_reserved"            422 "The count is below what is reserved";
    BadOrderLine            "bad_order_line"            422 "Another line of the order is wrong";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_named_once_in_snake_case() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(names.iter().all(|n| {
            n.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        }));
    }
}
