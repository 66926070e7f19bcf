//! REST of payments for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::shapes::AllocatePayment;
use super::shares::Allocation;
use super::{Booked, Filter, Meant, Payment, PaymentRequest};
use crate::clock::{now, rfc3339};
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, Limit, List, OptionalBody, Page, Params, PathId, Since, created, filled};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::PaymentId;
use crate::kept::DecimalText;
use crate::money::Money;
use crate::problem::Warning;
use crate::state::AppState;

/// Money that came in.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookPayment {
    /// Code of the account.
    #[schema(example = "ACME")]
    account: String,
    /// Above zero.
    #[schema(example = "1299.50")]
    amount: DecimalText,
    /// ISO 4217; the account's.
    #[schema(example = "EUR")]
    currency: String,
    /// When it was received; not after today.
    received_on: NaiveDate,
    /// The invoice it is for; the oldest ones if left out.
    invoice_id: Option<String>,
    /// Or the reminder whose fee and interest it pays.
    reminder_id: Option<String>,
    /// What the payer wrote; 200 characters at most.
    reference: Option<String>,
    /// Instead of `invoice_id`: what of it is for which invoice. What is left over stays on account.
    #[schema(max_items = 200)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    allocations: Vec<AllocatePayment>,
}

/// A payment and what it settled.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PaymentView {
    #[serde(flatten)]
    head: PaymentHeadView,
    /// The invoices it settled, in whole or in part.
    applied: Vec<AppliedView>,
    /// The reminders whose fee and interest it paid, in whole or in part.
    applied_charges: Vec<AppliedChargeView>,
    /// What of it was paid back.
    refunded: String,
    /// What settled nothing and was not paid back.
    on_account: String,
    /// `invoice_paid_already`: the invoice that was named was, so the payment goes on account. `cash_discount_late`: an invoice stays open
    /// with its cash discount, as its days are over.
    warnings: Vec<Warning>,
}

/// A payment.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PaymentHeadView {
    #[schema(example = "pay_0B9Q4Z8K2M3N4")]
    id: String,
    /// Code of the account.
    account: String,
    amount: String,
    currency: &'static str,
    received_on: NaiveDate,
    #[schema(required)]
    reference: Option<String>,
    /// RFC 3339, UTC
    recorded_at: String,
    /// When it was taken back. RFC 3339, UTC
    #[schema(required)]
    reversed_at: Option<String>,
    #[schema(required)]
    reversal_reason: Option<String>,
}

/// What of an invoice a payment settled.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AppliedView {
    invoice_id: String,
    invoice_number: String,
    amount: String,
}

/// What of a reminder's fee and interest a payment paid.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AppliedChargeView {
    reminder_id: String,
    reminder_number: String,
    amount: String,
}

impl From<Payment> for PaymentHeadView {
    fn from(payment: Payment) -> Self {
        Self {
            id: payment.id.to_string(),
            account: payment.account,
            amount: payment.amount.to_string(),
            currency: payment.amount.currency.code(),
            received_on: payment.received_on,
            reference: payment.reference,
            recorded_at: rfc3339(payment.recorded_at),
            reversed_at: payment.reversed_at.map(rfc3339),
            reversal_reason: payment.reversal_reason,
        }
    }
}

impl From<Booked> for PaymentView {
    fn from(booked: Booked) -> Self {
        let warning = booked.warning();
        let warnings = warning.iter().chain(&booked.late).map(Warning::from).collect();
        let applied = booked.applied.into_iter().map(|(id, number, amount)| AppliedView {
            invoice_id: id.to_string(),
            invoice_number: number,
            amount: amount.to_string(),
        });
        let charges = booked
            .charges
            .into_iter()
            .map(|(id, number, amount)| AppliedChargeView {
                reminder_id: id.to_string(),
                reminder_number: number,
                amount: amount.to_string(),
            });
        Self {
            applied: applied.collect(),
            applied_charges: charges.collect(),
            refunded: booked.refunded.to_string(),
            on_account: booked.on_account.to_string(),
            warnings,
            head: booked.payment.into(),
        }
    }
}

/// Book a payment
///
/// It settles the invoice that is named, else the oldest first; what is left over pays fees and interest of reminders, the oldest
/// first, and the rest stays on account. With a reminder it pays that one's. One that is short of exactly the cash discount and in
/// time, or of a difference within the tolerance, closes its invoices; what is given up is an entry of its own. The same request with the same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "bookPayment", security(("bearer" = ["books.keep"])), request_body = BookPayment,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new payment")),
    responses((status = 201, body = PaymentView, headers(("Location" = String, description = "Path of the payment")))))]
#[post("/supplier/payments")]
pub async fn book_payment(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<BookPayment>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/payments", key, &body)?;
    let actor = staff.actor();
    let request = PaymentRequest {
        account: body.account,
        amount: body.amount.0,
        currency: body.currency,
        received_on: body.received_on,
        invoice_id: body.invoice_id.map(|id| id.parse().ok()),
        reminder_id: body.reminder_id.map(|id| id.parse().ok()),
        reference: body.reference,
        allocations: body.allocations.into_iter().map(Allocation::from).collect(),
    };
    let (booked, replayed) = state
        .db
        .write(move |tx| super::receive(tx, &key, &request, &actor, now()))
        .await?;
    let path = format!("/api/v1/supplier/payments/{}", booked.payment.id);
    Ok(created(Some(path), replayed, PaymentView::from(booked)))
}

/// Which payments to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPayments {
    /// Only of the account with this code.
    account: Option<String>,
    /// True: only those of which something has settled no invoice.
    unmatched: Option<bool>,
    /// Only those in which this is found: a part of what the payer wrote, of the account's name or code.
    q: Option<String>,
    /// Only those received on this day or later.
    from: Option<NaiveDate>,
    /// Only those received on this day or before.
    to: Option<NaiveDate>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Payments
///
/// The newest first.
#[utoipa::path(tag = "supplier", operation_id = "listPayments", params(ListPayments), responses((status = 200, body = List<PaymentHeadView>)))]
#[get("/supplier/payments")]
pub async fn list_payments(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListPayments>,
) -> Result<web::Json<List<PaymentHeadView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = Filter {
        account: params.account,
        unmatched: params.unmatched == Some(true),
        text: filled(params.q),
        from: params.from,
        to: params.to,
    };
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list(connection, &asked, walk, fetch);
    let id = |(payment, _): &(Payment, Money)| payment.id;
    let view = |(payment, _): (Payment, Money)| PaymentHeadView::from(payment);
    let list = (Followed::all("payments"), &filter);
    Ok(web::Json(page.list(&state.db, list, read, (id, id, view)).await?))
}

/// One payment
#[utoipa::path(tag = "supplier", operation_id = "getPayment", responses((status = 200, body = PaymentView)))]
#[get("/supplier/payments/{id}")]
pub async fn get_payment(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PaymentId>,
) -> Result<web::Json<PaymentView>> {
    let booked = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(web::Json(PaymentView::from(booked)))
}

/// What to settle.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyPayment {
    /// An open invoice; the oldest ones if left out.
    invoice_id: Option<String>,
    /// Or a reminder of which fee or interest is open.
    reminder_id: Option<String>,
    /// Instead of them: what is for which invoice.
    #[schema(max_items = 200)]
    #[serde(default)]
    allocations: Vec<AllocatePayment>,
}

/// Settle invoices with what of a payment is on account
///
/// The named invoice, else the oldest first, then fees and interest of reminders. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "applyPayment", security(("bearer" = ["books.keep"])), request_body = Option<ApplyPayment>, responses(
    (status = 200, body = PaymentView),
    (status = 409, description = "It is reversed", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/payments/{id}/apply")]
pub async fn apply_payment(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<PaymentId>,
    OptionalBody(body): OptionalBody<ApplyPayment>,
) -> Result<web::Json<PaymentView>> {
    let actor = staff.actor();
    let invoice_id = body.invoice_id.map(|id| id.parse().ok());
    let reminder_id = body.reminder_id.map(|id| id.parse().ok());
    let allocations: Vec<_> = body.allocations.into_iter().map(Allocation::from).collect();
    let apply = move |tx: &mut _| {
        let meant = Meant {
            invoice_id,
            reminder_id,
            allocations: &allocations,
        };
        super::apply(tx, id, meant, &actor, now())
    };
    Ok(web::Json(PaymentView::from(state.db.write(apply).await?)))
}

/// Why a payment is taken back.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReversePayment {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Take a payment back
///
/// For one that turned out to be none: the invoices it settled are open again. The statement keeps both entries.
#[utoipa::path(tag = "supplier", operation_id = "reversePayment", security(("bearer" = ["books.keep"])), request_body = ReversePayment, responses(
    (status = 200, body = PaymentView),
    (status = 409, description = "It is reversed already, or something of it was paid back", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/payments/{id}/reverse")]
pub async fn reverse_payment(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<PaymentId>,
    Body(body): Body<ReversePayment>,
) -> Result<web::Json<PaymentView>> {
    let actor = staff.actor();
    let booked = state
        .db
        .write(move |tx| super::reverse(tx, id, &body.reason, &actor, now()))
        .await?;
    Ok(web::Json(PaymentView::from(booked)))
}
