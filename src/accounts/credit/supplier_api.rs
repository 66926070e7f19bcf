//! REST of credit for supplier staff.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{CreditCheck, CreditWarning, InsuranceRule};
use super::{CreditInput, Defaults, Group, Member, Whole};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, IfMatch, PathId, versioned};
use crate::identity::caller::{Confirmed, MayLend, MayReadDesk, Staff};
use crate::ids::AccountId;
use crate::money::Money;
use crate::state::AppState;

/// What an account may owe, what it uses of that, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditView {
    /// Code of the account.
    account: String,
    /// Of all amounts.
    currency: &'static str,
    /// Its own limit, which `changeAccount` changes; null = none.
    #[schema(required, example = "250000.00")]
    credit_limit: Option<String>,
    /// What it may owe by itself: its own limit, or less where an insured sum caps it; null = as much as it wants.
    #[schema(required, example = "200000.00")]
    usable_limit: Option<String>,
    /// What it owes and has committed.
    #[schema(example = "1299.50")]
    exposure: String,
    /// What is left under all limits, below zero where one is exceeded; null = no limit.
    #[schema(required)]
    available: Option<String>,
    /// Code of the account above it; null = none.
    #[schema(required)]
    parent: Option<String>,
    /// What it and the accounts below it may owe together; null = no limit.
    #[schema(required)]
    group_limit: Option<String>,
    /// What an insurer answers for; null = nothing.
    #[schema(required)]
    insured_limit: Option<String>,
    #[schema(required)]
    insurer: Option<String>,
    /// The number of the insurance.
    #[schema(required)]
    insurance_policy: Option<String>,
    /// The last day of the insurance; null = without end.
    #[schema(required)]
    insured_until: Option<NaiveDate>,
    /// What is set for the account; null = as for all.
    #[schema(required, inline)]
    insurance: Option<InsuranceRule>,
    #[schema(required, inline)]
    check_order: Option<CreditCheck>,
    #[schema(required, inline)]
    check_acceptance: Option<CreditCheck>,
    #[schema(required, inline)]
    check_shipment: Option<CreditCheck>,
    /// What holds for it.
    effective: CreditSettings,
    /// The accounts it shares a limit with; null = none.
    #[schema(required)]
    group: Option<CreditGroupView>,
    /// What staff should know.
    #[schema(inline)]
    warnings: Vec<CreditWarning>,
}

/// Accounts under one parent.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditGroupView {
    /// What they may owe together; null = no limit.
    #[schema(required)]
    group_limit: Option<String>,
    /// What they owe and have committed together.
    exposure: String,
    /// What is left of the limit; null = no limit.
    #[schema(required)]
    available: Option<String>,
    /// The parent first, the others by code.
    accounts: Vec<CreditMemberView>,
}

/// An account of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditMemberView {
    /// Its code.
    account: String,
    name: String,
    exposure: String,
}

/// What happens where a limit is exceeded, and what an insured sum means.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditSettings {
    /// As an order is placed, or is to cost more.
    check_order: CreditCheck,
    /// As it is accepted.
    check_acceptance: CreditCheck,
    /// As goods of it leave.
    check_shipment: CreditCheck,
    #[schema(inline)]
    insurance: InsuranceRule,
}

impl From<Defaults> for CreditSettings {
    fn from(defaults: Defaults) -> Self {
        Self {
            check_order: defaults.check_order,
            check_acceptance: defaults.check_acceptance,
            check_shipment: defaults.check_shipment,
            insurance: defaults.insurance,
        }
    }
}

impl CreditSettings {
    fn defaults(self) -> Defaults {
        Defaults {
            check_order: self.check_order,
            check_acceptance: self.check_acceptance,
            check_shipment: self.check_shipment,
            insurance: self.insurance,
        }
    }
}

fn text(money: Option<Money>) -> Option<String> {
    money.map(|money| money.to_string())
}

fn group_view(whole: &Whole, group: &Group) -> CreditGroupView {
    let member = |member: &Member| CreditMemberView {
        account: member.code.clone(),
        name: member.name.clone(),
        exposure: whole.money(member.exposure_minor).to_string(),
    };
    let left = |limit: Money| whole.money(limit.minor.saturating_sub(group.exposure.minor));
    CreditGroupView {
        group_limit: text(group.limit),
        exposure: group.exposure.to_string(),
        available: text(group.limit.map(left)),
        accounts: group.members.iter().map(member).collect(),
    }
}

fn answer(whole: &Whole) -> HttpResponse {
    let settings = &whole.settings;
    let money = |minor: Option<i64>| text(minor.map(|minor| whole.money(minor)));
    let view = CreditView {
        account: whole.account.code.clone(),
        currency: whole.account.currency.code(),
        credit_limit: text(whole.account.credit_limit),
        usable_limit: text(whole.usable()),
        exposure: whole.money(whole.standing.room.own.used).to_string(),
        available: text(whole.free()),
        parent: settings.parent.clone(),
        group_limit: money(settings.group_limit_minor),
        insured_limit: money(settings.insured_minor),
        insurer: settings.insurer.clone(),
        insurance_policy: settings.insurance_policy.clone(),
        insured_until: settings.insured_until,
        insurance: settings.insurance,
        check_order: settings.check_order,
        check_acceptance: settings.check_acceptance,
        check_shipment: settings.check_shipment,
        effective: whole.effective().into(),
        group: whole.group.as_ref().map(|group| group_view(whole, group)),
        warnings: whole.standing.warnings(whole.today),
    };
    versioned(HttpResponse::Ok(), whole.version(), &view)
}

/// Credit of an account
///
/// Its own limit, what is insured, what the accounts under one parent may owe together, what is used and what is left.
#[utoipa::path(tag = "supplier", operation_id = "getAccountCredit", responses(
    (status = 200, body = CreditView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/accounts/{id}/credit")]
pub async fn get_credit(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| super::get(connection, id, now());
    Ok(answer(&state.db.read(read).await?))
}

/// Set credit of an account
///
/// All of it but its own limit; what is left out is none, or as for all. The rules are those of `credit.csv`.
#[utoipa::path(tag = "supplier", operation_id = "putAccountCredit", security(("bearer" = ["accounts.credit"])), request_body = CreditInput,
    params(("If-Match" = String, Header, description = "The ETag of the account's credit")),
    responses(
        (status = 200, body = CreditView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[put("/supplier/accounts/{id}/credit")]
pub async fn put_credit(
    staff: Confirmed<Staff<MayLend>>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    IfMatch(expected): IfMatch,
    Body(input): Body<CreditInput>,
) -> Result<HttpResponse> {
    let editor = staff.editor();
    let write = move |tx: &mut Connection| super::set(tx, &editor, id, &expected, &input, now());
    Ok(answer(&state.db.write(write).await?))
}

/// What holds for the credit of all accounts
///
/// An account may have something else of its own.
#[utoipa::path(tag = "supplier", operation_id = "getCreditSettings", responses((status = 200, body = CreditSettings)))]
#[get("/supplier/credit-settings")]
pub async fn get_credit_settings(_staff: Staff<MayReadDesk>, state: Data<AppState>) -> Result<Json<CreditSettings>> {
    Ok(Json(state.db.read(super::defaults).await?.into()))
}

/// Set what holds for the credit of all accounts
#[utoipa::path(tag = "supplier", operation_id = "putCreditSettings", security(("bearer" = ["accounts.credit"])), request_body = CreditSettings,
    responses((status = 200, body = CreditSettings)))]
#[put("/supplier/credit-settings")]
pub async fn put_credit_settings(
    staff: Confirmed<Staff<MayLend>>,
    state: Data<AppState>,
    Body(body): Body<CreditSettings>,
) -> Result<Json<CreditSettings>> {
    let editor = staff.editor();
    let set = move |tx: &mut Connection| super::set_defaults(tx, &editor, &body.defaults(), now());
    Ok(Json(state.db.write(set).await?.into()))
}
