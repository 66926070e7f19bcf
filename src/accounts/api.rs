//! REST: who I am, my account and its sites.

use actix_web::web::{Data, Json};
use actix_web::{Responder, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::caller::{Caller, Customer, MayRead};
use super::rules::{self, Account, Site};
use crate::app::AppState;
use crate::error::{Error, Result};
use crate::http::{Limit, List, Page, Params};
use crate::identity;
use crate::identity::sessions::Standing;
use crate::ledger;
use crate::money::Money;

/// The person who is signed in.
#[derive(Serialize, ToSchema)]
pub struct MeView {
    #[schema(example = "per_0BGK1J3Z00002")]
    id: String,
    email: String,
    name: String,
    /// The code of the account; null for the supplier's staff.
    #[schema(required)]
    account: Option<String>,
    /// Roles in the account, or of the staff.
    roles: Vec<&'static str>,
}

/// Who is signed in
#[utoipa::path(tag = "account", operation_id = "getMe", responses((status = 200, body = MeView, description = "The caller")))]
#[get("/me")]
pub async fn show_me(caller: Caller, state: Data<AppState>) -> Result<impl Responder> {
    let (person_id, standing) = (caller.person_id, caller.standing);
    let account_id = match standing {
        Standing::Member { account_id, .. } => Some(account_id),
        Standing::Staff { .. } => None,
    };
    let (person, account) = state
        .db
        .read(move |connection| {
            let person = identity::find_person(connection, person_id)?.ok_or(Error::NotFound)?;
            let account = account_id.map(|id| super::get(connection, id)).transpose()?;
            Ok((person, account))
        })
        .await?;
    let (email, name) = person;
    Ok(Json(MeView {
        id: person_id.to_string(),
        email,
        name,
        account: account.map(|account| account.code),
        roles: standing.role_names(),
    }))
}

/// The caller's account and its terms.
#[derive(Serialize, ToSchema)]
pub struct AccountView {
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
    payment_terms_days: i32,
    /// Null = no limit.
    #[schema(required, example = "250000.00")]
    credit_limit: Option<String>,
    /// What the account owes and has committed.
    #[schema(example = "1299.50")]
    exposure: String,
    /// What of the limit is left; null without a limit.
    #[schema(required, example = "248700.50")]
    available: Option<String>,
    /// BCP 47.
    #[schema(example = "de-DE")]
    locale: String,
    /// IANA time zone.
    #[schema(example = "Europe/Berlin")]
    time_zone: &'static str,
}

impl AccountView {
    fn new(account: Account, exposure_minor: i64) -> Self {
        let exposure = Money::new(exposure_minor, account.currency);
        Self {
            id: account.id.to_string(),
            code: account.code,
            name: account.name,
            country: account.country,
            currency: account.currency.code(),
            tier: account.tier.name(),
            payment_terms_days: account.payment_terms_days,
            credit_limit: account.credit_limit.map(|limit| limit.to_string()),
            exposure: exposure.to_string(),
            available: rules::available(account.credit_limit, exposure).map(|left| left.to_string()),
            locale: account.locale,
            time_zone: account.time_zone.name(),
        }
    }
}

/// My account
#[utoipa::path(tag = "account", operation_id = "getAccount", responses((status = 200, body = AccountView, description = "The account")))]
#[get("/account")]
pub async fn show_account(customer: Customer<MayRead>, state: Data<AppState>) -> Result<impl Responder> {
    let id = customer.account_id;
    let read = move |connection: &mut _| Ok((super::get(connection, id)?, ledger::exposure(connection, id)?));
    let (account, exposure_minor) = state.db.read(read).await?;
    Ok(Json(AccountView::new(account, exposure_minor)))
}

/// A place the account takes goods at.
#[derive(Serialize, ToSchema)]
pub struct SiteView {
    #[schema(example = "sit_0BGK1J3Z00001")]
    id: String,
    /// What `ship_to` of an order names.
    #[schema(example = "MAIN")]
    code: String,
    name: String,
    /// ISO 3166-1 alpha-2.
    country: String,
    #[schema(required)]
    street: Option<String>,
    #[schema(required)]
    city: Option<String>,
    #[schema(required)]
    postal_code: Option<String>,
}

impl From<Site> for SiteView {
    fn from(site: Site) -> Self {
        Self {
            id: site.id.to_string(),
            code: site.code,
            name: site.name,
            country: site.country,
            street: site.street,
            city: site.city,
            postal_code: site.postal_code,
        }
    }
}

/// Which page of the sites.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListSites {
    /// Rows of a page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The sites of my account
///
/// In the order in which the supplier keeps them; the first one is the default of `ship_to`.
#[utoipa::path(tag = "account", operation_id = "listSites", params(ListSites), responses(
    (status = 200, body = List<SiteView>, description = "A page of sites"),
))]
#[get("/account/sites")]
pub async fn list_sites(
    customer: Customer<MayRead>,
    state: Data<AppState>,
    params: Params<ListSites>,
) -> Result<impl Responder> {
    const FILTER: &str = "sites";
    let page = Page::new(params.0.limit, params.0.cursor);
    let after = page.after(FILTER)?;
    let (account_id, rows_max) = (customer.account_id, page.fetch());
    let read = move |connection: &mut _| super::list_sites(connection, account_id, after, rows_max);
    let sites = state.db.read(read).await?;
    Ok(Json(List::of(&page, FILTER, sites, |site| site.id, SiteView::from)?))
}
