//! REST of what is set for an account about paying.

use actix_web::web::{Data, Json};
use actix_web::{get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{StatementMail, Step};
use super::{Terms, TermsInput};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, PathId};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::ids::AccountId;
use crate::kept::DecimalText;
use crate::state::AppState;
use crate::tax::rules::percent;

/// A step of a cash discount.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CashDiscountStepView {
    /// From the day of the invoice on.
    #[schema(example = 10)]
    days: i32,
    /// Of the gross.
    #[schema(example = "2")]
    percent: String,
}

impl From<&Step> for CashDiscountStepView {
    fn from(step: &Step) -> Self {
        Self {
            days: step.days,
            percent: percent(step.percent_ppm),
        }
    }
}

/// When an account may pay less, and whether its statement goes out by mail.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentTermsView {
    /// Within how many days it is to pay; set with the account.
    payment_terms_days: i32,
    cash_discount: Vec<CashDiscountStepView>,
    #[schema(inline)]
    statement_mail: StatementMail,
}

impl From<(Terms, i32)> for PaymentTermsView {
    fn from((terms, payment_terms_days): (Terms, i32)) -> Self {
        Self {
            payment_terms_days,
            cash_discount: terms.steps.iter().map(CashDiscountStepView::from).collect(),
            statement_mail: terms.statement_mail,
        }
    }
}

/// A step of a cash discount.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CashDiscountStep {
    /// From the day of the invoice on; not after it is due.
    #[schema(minimum = 0, maximum = 180)]
    days: i32,
    /// Of the gross; above 0, below 50, at most two decimals.
    #[schema(example = "2")]
    percent: DecimalText,
}

/// When an account may pay less, and whether its statement goes out by mail.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPaymentTerms {
    /// At most two steps, the second later and smaller; none gives none.
    #[schema(max_items = 2)]
    cash_discount: Vec<CashDiscountStep>,
    #[schema(inline)]
    statement_mail: StatementMail,
}

/// What is set for an account about paying
#[utoipa::path(tag = "supplier", operation_id = "getPaymentTerms", responses((status = 200, body = PaymentTermsView)))]
#[get("/supplier/accounts/{id}/payment-terms")]
pub async fn get_payment_terms(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<AccountId>,
) -> Result<Json<PaymentTermsView>> {
    let read = move |connection: &mut Connection| super::of_account(connection, id);
    Ok(Json(state.db.read(read).await?.into()))
}

/// Set what an account may pay less, and whether its statement goes out by mail
///
/// Invoices that are issued already keep what they offer.
#[utoipa::path(tag = "supplier", operation_id = "putPaymentTerms", security(("bearer" = ["books.keep"])), request_body = SetPaymentTerms, responses((status = 200, body = PaymentTermsView)))]
#[put("/supplier/accounts/{id}/payment-terms")]
pub async fn put_payment_terms(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<AccountId>,
    Body(body): Body<SetPaymentTerms>,
) -> Result<Json<PaymentTermsView>> {
    let actor = staff.actor();
    let steps = body.cash_discount.into_iter().map(|step| (step.days, step.percent.0));
    let input = TermsInput {
        steps: steps.collect(),
        statement_mail: body.statement_mail,
    };
    let set = move |tx: &mut Connection| super::set(tx, id, &input, &actor, now());
    Ok(Json(state.db.write(set).await?.into()))
}
