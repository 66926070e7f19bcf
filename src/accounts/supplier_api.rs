//! REST for supplier staff: the accounts, and the mails they get themselves.

use std::collections::HashMap;

use actix_web::web::{Data, Json};
use actix_web::{Responder, get, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::api::notifications::{self, ChooseNotifications, NotificationsView};
use super::caller::{MayReadDesk, Staff};
use super::team::{self, Served};
use super::view::{self, AccountView, SiteView, TeamMemberView};
use crate::app::AppState;
use crate::clock;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId};
use crate::ids::AccountId;
use crate::ledger;
use crate::money::Money;

/// Which accounts to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListAccounts {
    /// True: only those whose team the caller belongs to.
    #[serde(default)]
    #[param(required = false)]
    mine: bool,
    /// Rows of a page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// An account in a list.
#[derive(Serialize, ToSchema)]
pub struct ServedAccountView {
    #[schema(example = "acc_0BGK1J3Z00000")]
    id: String,
    code: String,
    name: String,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "DE")]
    country: String,
    /// ISO 4217; every amount of the account is in it.
    #[schema(example = "EUR")]
    currency: &'static str,
    /// `platinum`, `gold`, `silver` or `bronze`.
    tier: &'static str,
    /// What the account owes and has committed.
    #[schema(example = "1299.50")]
    exposure: String,
    /// Null = no limit.
    #[schema(required, example = "250000.00")]
    credit_limit: Option<String>,
    /// True once its people have no access any more.
    closed: bool,
    /// What the caller does for it; empty where they don't belong to its team.
    my_functions: Vec<String>,
}

impl ServedAccountView {
    fn new(served: Served, exposures: &HashMap<AccountId, i64>) -> Self {
        let account = served.account;
        let exposure = exposures.get(&account.id).copied().unwrap_or(0);
        Self {
            id: account.id.to_string(),
            exposure: Money::new(exposure, account.currency).to_string(),
            code: account.code,
            name: account.name,
            country: account.country,
            currency: account.currency.code(),
            tier: account.tier.name(),
            credit_limit: account.credit_limit.map(|limit| limit.to_string()),
            closed: account.closed_at.is_some(),
            my_functions: served.functions,
        }
    }
}

/// Accounts
///
/// By code.
#[utoipa::path(tag = "supplier", operation_id = "listAccounts", params(ListAccounts), responses(
    (status = 200, body = List<ServedAccountView>, description = "A page of accounts"),
))]
#[get("/supplier/accounts")]
pub async fn list_accounts(
    staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    params: Params<ListAccounts>,
) -> Result<impl Responder> {
    let filter = ("accounts", params.0.mine);
    let page = Page::new(params.0.limit, params.0.cursor);
    let after: String = page.after(&filter)?.unwrap_or_default();
    let (person_id, mine, rows_max) = (staff.person_id, params.0.mine, page.fetch());
    let (served, exposures) = state
        .db
        .read(move |connection| {
            let served = team::list_served(connection, person_id, mine, &after, rows_max)?;
            let ids: Vec<_> = served.iter().map(|served| served.account.id).collect();
            Ok((served, ledger::exposures(connection, &ids)?))
        })
        .await?;
    let code = |served: &Served| served.account.code.clone();
    let view = |served| ServedAccountView::new(served, &exposures);
    Ok(Json(List::of(&page, &filter, served, code, view)?))
}

/// An account with its sites and its team.
#[derive(Serialize, ToSchema)]
pub struct AccountDetailView {
    #[serde(flatten)]
    account: AccountView,
    /// True once its people have no access any more.
    closed: bool,
    /// In the order in which they are kept; the first one is the default of `ship_to`.
    sites: Vec<SiteView>,
    /// The key account manager first.
    team: Vec<TeamMemberView>,
}

/// One account
///
/// With all its sites and its team.
#[utoipa::path(tag = "supplier", operation_id = "getAccountAsStaff", responses(
    (status = 200, body = AccountDetailView, description = "The account"),
))]
#[get("/supplier/accounts/{id}")]
pub async fn show_account(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
) -> Result<impl Responder> {
    let detail = state
        .db
        .read(move |connection| {
            let account = super::get(connection, id)?;
            let exposure_minor = ledger::exposure(connection, id)?;
            let sites = team::all_sites(connection, id)?;
            let today = team::today(connection, clock::now())?;
            let team = team::of_account(connection, id)?;
            Ok(AccountDetailView {
                closed: account.closed_at.is_some(),
                account: AccountView::new(account, exposure_minor),
                sites: sites.into_iter().map(SiteView::from).collect(),
                team: view::team(&team, today),
            })
        })
        .await?;
    Ok(Json(detail))
}

/// Which mails I get as one of the staff
#[utoipa::path(tag = "supplier", operation_id = "getStaffNotifications", responses(
    (status = 200, body = NotificationsView, description = "Every kind; `sites` is always empty", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/notifications")]
pub async fn show_notifications(staff: Staff<MayReadDesk>, state: Data<AppState>) -> Result<impl Responder> {
    notifications::show(&state, staff.person_id).await
}

/// Choose which mails I get as one of the staff
#[utoipa::path(tag = "supplier", operation_id = "chooseStaffNotifications", request_body = ChooseNotifications,
    params(("If-Match" = String, Header, description = "The ETag of `GET`")),
    responses((status = 200, body = NotificationsView, description = "As chosen", headers(("ETag" = String, description = "Of the new version")))))]
#[put("/supplier/notifications")]
pub async fn choose_notifications(
    staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    IfMatch(expected): IfMatch,
    body: Body<ChooseNotifications>,
) -> Result<impl Responder> {
    notifications::store(&state, staff.person_id, staff.actor(), expected, body.0).await
}
