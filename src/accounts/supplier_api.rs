//! REST for supplier staff: the accounts, and the mails they get themselves.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, get, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::editing::Editor;
use super::finding::{self, Filter, Found};
use super::members::{Authority, Manager};
use super::notifications::api::{self as notifications, ChooseNotifications, NotificationsView};
use super::rules::{Account, Team};
use super::shapes::{self, AccountView, SiteView, TeamMemberView};
use super::sites::Site;
use super::team as teams;
use super::terms;
use crate::accounts::rules::{EinvoiceFormat, EinvoiceWay, Tier, VatState};
use crate::clock;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{MayReadDesk, Staff};
use crate::ids::AccountId;
use crate::ledger;
use crate::money::Money;
use crate::names::sets::{BackorderChoice, DeliveryChoice, PriceStrategy};
use crate::state::AppState;

impl<R> Staff<R> {
    /// For what changes an account.
    pub(in crate::accounts) fn editor(&self) -> Editor {
        Editor {
            roles: self.roles.clone(),
            actor: self.actor(),
        }
    }

    /// For what changes the people of an account.
    pub(in crate::accounts) fn manager(&self, account_id: AccountId) -> Manager {
        Manager {
            person_id: self.person_id,
            account_id,
            authority: Authority::Staff,
            actor: self.actor(),
        }
    }
}

/// Which accounts to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListAccounts {
    /// True: only those whose team the caller belongs to.
    #[serde(default)]
    #[param(required = false)]
    mine: bool,
    /// Part of the code or the name.
    #[serde(default)]
    #[param(required = false)]
    q: String,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
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
    tier: Tier,
    /// What the account owes and has committed.
    #[schema(example = "1299.50")]
    exposure: String,
    /// Null = no limit.
    #[schema(required, example = "250000.00")]
    credit_limit: Option<String>,
    /// True once its people have no access any more.
    closed: bool,
    /// The name of its key account manager; null = none.
    #[schema(required)]
    manager: Option<String>,
    /// What the caller does for it; empty where they don't belong to its team.
    my_functions: Vec<String>,
}

impl ServedAccountView {
    fn new(found: Found, exposure: i64) -> Self {
        let account = found.account;
        Self {
            id: account.id.to_string(),
            exposure: Money::new(exposure, account.currency).to_string(),
            code: account.code,
            name: account.name,
            country: account.country,
            currency: account.currency.code(),
            tier: account.tier,
            credit_limit: account.credit_limit.map(|limit| limit.to_string()),
            closed: account.closed_at.is_some(),
            manager: found.manager,
            my_functions: found.functions,
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
    let filter = Filter {
        q: params.0.q.trim().to_owned(),
        served_by: params.0.mine.then_some(staff.person_id),
        ..Filter::default()
    };
    let page = Page::new(params.0.limit, params.0.cursor).since(params.0.updated_since);
    let (person_id, wanted) = (staff.person_id, filter.clone());
    let read = move |connection: &mut Connection, walk: Walk<String>, rows_max| {
        let found = finding::list(connection, person_id, &wanted, walk, rows_max)?;
        let ids: Vec<_> = found.iter().map(|found| found.account.id).collect();
        let exposures = ledger::exposures(connection, &ids)?;
        let exposed = |found: Found| (exposures.get(&found.account.id).copied().unwrap_or(0), found);
        Ok(found.into_iter().map(exposed).collect())
    };
    let code = |(_, found): &(i64, Found)| found.account.code.clone();
    let view = |(exposure, found)| ServedAccountView::new(found, exposure);
    let list = (Followed::all("accounts"), &("accounts", &filter));
    let list = page.list(
        &state.db,
        list,
        read,
        (code, |(_, found): &(i64, Found)| found.account.id, view),
    );
    Ok(Json(list.await?))
}

/// An account with its sites and its team.
#[derive(Serialize, ToSchema)]
pub struct AccountDetailView {
    #[serde(flatten)]
    account: AccountView,
    /// True once its people have no access any more.
    closed: bool,
    /// Its VAT identification number; null = none.
    #[schema(required)]
    vat_id: Option<String>,
    /// What the country that gave it said of it.
    vat_check: VatState,
    /// When it was asked.
    #[schema(required)]
    vat_checked_on: Option<chrono::NaiveDate>,
    /// What shows the answer.
    #[schema(required)]
    vat_evidence: Option<String>,
    /// What its invoices are written in beside paper.
    einvoice: EinvoiceFormat,
    /// How it gets them.
    einvoice_by: EinvoiceWay,
    /// Electronic address, scheme and number (BT-49).
    #[schema(required, example = "0088:4012345000009")]
    endpoint: Option<String>,
    /// Number in a register (BT-47).
    #[schema(required)]
    legal_id: Option<String>,
    /// What it wants to read on every invoice (BT-10).
    #[schema(required)]
    buyer_reference: Option<String>,
    /// True: no invoice without a buyer reference.
    needs_buyer_reference: bool,
    /// How its prices are chosen.
    price_strategy: PriceStrategy,
    /// The contract that its invoices name (BT-12).
    #[schema(required)]
    contract_reference: Option<String>,
    /// Days to answer its claims; null = as for all.
    #[schema(required, minimum = 0, maximum = 365)]
    claim_answer_days: Option<i32>,
    /// Formats in which its invoices are written beside `einvoice`, parted by blanks.
    #[schema(required)]
    einvoice_also: Option<String>,
    /// Where invoices are sent by mail, beside those who pay.
    #[schema(required)]
    einvoice_email: Option<String>,
    /// Reference of its direct debit mandate (BT-89).
    #[schema(required)]
    mandate_reference: Option<String>,
    /// The account that is debited (BT-91).
    #[schema(required)]
    mandate_iban: Option<String>,
    /// Whether its orders leave in parts that say nothing else.
    delivery: DeliveryChoice,
    /// What becomes of what is not there, where an order says nothing else.
    backorder: BackorderChoice,
    /// How many days it waits, of `until`.
    #[schema(required)]
    cancel_after_days: Option<i32>,
    /// In the order in which they are kept; the first one is the default of `ship_to`.
    sites: Vec<SiteView>,
    /// The key account manager first.
    team: Vec<TeamMemberView>,
}

/// An account with all that is shown of it.
pub(in crate::accounts) struct Whole {
    account: Account,
    exposure_minor: i64,
    sites: Vec<Site>,
    team: Team,
    today: chrono::NaiveDate,
}

impl Whole {
    pub(in crate::accounts) fn load(connection: &mut Connection, id: AccountId) -> Result<Self> {
        Ok(Self {
            account: super::get(connection, id)?,
            exposure_minor: ledger::exposure(connection, id)?,
            sites: teams::all_sites(connection, id)?,
            today: teams::today(connection, clock::now())?,
            team: teams::of_account(connection, id)?,
        })
    }

    /// Answers with the account and its version.
    pub(in crate::accounts) fn answer(self, mut answer: actix_web::HttpResponseBuilder) -> Result<HttpResponse> {
        let version = terms::editing::version(&self.account)?;
        let view = AccountDetailView {
            closed: self.account.closed_at.is_some(),
            vat_id: self.account.vat_id.clone(),
            vat_check: self.account.vat_check.state,
            vat_checked_on: self.account.vat_check.on,
            vat_evidence: self.account.vat_check.evidence.clone(),
            einvoice: self.account.einvoicing.format,
            einvoice_by: self.account.einvoicing.way,
            endpoint: self.account.einvoicing.endpoint.clone(),
            legal_id: self.account.einvoicing.legal_id.clone(),
            buyer_reference: self.account.einvoicing.buyer_reference.clone(),
            needs_buyer_reference: self.account.einvoicing.needs_buyer_reference,
            price_strategy: self.account.price_strategy,
            contract_reference: self.account.einvoicing.contract.clone(),
            claim_answer_days: self.account.claim_answer_days,
            einvoice_also: self.account.einvoicing.also_text(),
            einvoice_email: self.account.einvoicing.email.clone(),
            mandate_reference: self.account.einvoicing.mandate_reference.clone(),
            mandate_iban: self.account.einvoicing.mandate_iban.clone(),
            delivery: self.account.usual.delivery,
            backorder: self.account.usual.backorder,
            cancel_after_days: self.account.usual.cancel_after_days,
            account: AccountView::new(self.account, self.exposure_minor),
            sites: self.sites.into_iter().map(SiteView::from).collect(),
            team: shapes::team(&self.team, self.today),
        };
        Ok(answer.insert_header(etag(version)).json(view))
    }
}

/// One account
///
/// With all its sites and its team.
#[utoipa::path(tag = "supplier", operation_id = "getAccountAsStaff", responses(
    (status = 200, body = AccountDetailView, description = "The account", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/accounts/{id}")]
pub async fn show_account(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
) -> Result<impl Responder> {
    let whole = state.db.read(move |connection| Whole::load(connection, id)).await?;
    whole.answer(HttpResponse::Ok())
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
