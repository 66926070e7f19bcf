//! REST for supplier staff: opening, changing and closing accounts.

use actix_web::web::Data;
use actix_web::{HttpResponse, Responder, patch, post};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::accounts::supplier_api::{AccountDetailView, Whole};
use crate::accounts::terms::editing::{self, ChangeAccount, NewAccount};
use crate::clock;
use crate::error::Result;
use crate::http::{Body, IfMatch, PathId};
use crate::identity::caller::{MayEditTerms, MayManageAccounts, Staff};
use crate::ids::AccountId;
use crate::state::AppState;

/// A field that is there, be it null.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// What to change of an account; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeAccountBody {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "DE")]
    country: Option<String>,
    /// ISO 4217; stays once there are orders or price lists.
    #[schema(example = "EUR")]
    currency: Option<String>,
    /// `platinum`, `gold`, `silver` or `bronze`.
    tier: Option<String>,
    /// Days from invoice to due date, 0 to 3650; for finance.
    #[schema(example = 30)]
    payment_terms_days: Option<i64>,
    /// For finance. Null = no limit, zero holds every order.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "250000.00")]
    credit_limit: Option<Option<String>>,
    /// Null = none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "DE123456789")]
    vat_id: Option<Option<String>>,
    /// BCP 47.
    #[schema(example = "de-DE")]
    locale: Option<String>,
    /// IANA time zone.
    #[schema(example = "Europe/Berlin")]
    time_zone: Option<String>,
}

impl From<ChangeAccountBody> for ChangeAccount {
    fn from(body: ChangeAccountBody) -> Self {
        Self {
            name: body.name,
            country: body.country,
            currency: body.currency,
            tier: body.tier,
            payment_terms_days: body.payment_terms_days.map(|days| days.to_string()),
            credit_limit: body.credit_limit.map(Option::unwrap_or_default),
            vat_id: body.vat_id.map(Option::unwrap_or_default),
            locale: body.locale,
            time_zone: body.time_zone,
        }
    }
}

/// Change an account
///
/// The rules are those of `accounts.csv`. `credit_limit` and `payment_terms_days` are changed by `finance`, everything
/// else by `key_account_manager`; `admin` changes both. What was and what is go into the audit record.
#[utoipa::path(tag = "supplier", operation_id = "changeAccount", request_body = ChangeAccountBody,
    params(("If-Match" = String, Header, description = "The account's ETag")),
    responses(
        (status = 200, body = AccountDetailView, description = "The account", headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/accounts/{id}")]
pub async fn change_account(
    staff: Staff<MayEditTerms>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    IfMatch(expected): IfMatch,
    body: Body<ChangeAccountBody>,
) -> Result<impl Responder> {
    let (editor, change) = (staff.editor(), ChangeAccount::from(body.0));
    let whole = state
        .db
        .write(move |tx| {
            editing::change(tx, &editor, id, &expected, &change, clock::now())?;
            Whole::load(tx, id)
        })
        .await?;
    whole.answer(HttpResponse::Ok())
}

/// An account to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenAccountBody {
    /// The supplier's own key for it, 1 to 64 characters; stays for good.
    #[schema(min_length = 1, max_length = 64, example = "NORDWIND")]
    code: String,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "DE")]
    country: String,
    /// ISO 4217; every amount of the account is in it.
    #[schema(example = "EUR")]
    currency: String,
    /// `platinum`, `gold`, `silver` or `bronze`.
    tier: String,
    /// Days from invoice to due date, 0 to 3650.
    #[schema(example = 30)]
    payment_terms_days: i64,
    /// For finance and `admin`: null or absent = no limit. Opened by others an account has the limit zero, so that its
    /// orders wait for finance.
    #[schema(example = "250000.00")]
    credit_limit: Option<String>,
    /// Its VAT identification number.
    vat_id: Option<String>,
    /// BCP 47; default `en`.
    #[schema(example = "de-DE")]
    locale: Option<String>,
    /// IANA time zone; default `UTC`.
    #[schema(example = "Europe/Berlin")]
    time_zone: Option<String>,
}

/// Open an account
///
/// The rules are those of `accounts.csv`. It gets the site `MAIN` of its name and country.
#[utoipa::path(tag = "supplier", operation_id = "openAccount", request_body = OpenAccountBody, responses(
    (status = 201, body = AccountDetailView, description = "The account", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/accounts")]
pub async fn open_account(
    staff: Staff<MayManageAccounts>,
    state: Data<AppState>,
    body: Body<OpenAccountBody>,
) -> Result<impl Responder> {
    let body = body.0;
    let new = NewAccount {
        code: body.code,
        terms: ChangeAccount {
            name: Some(body.name),
            country: Some(body.country),
            currency: Some(body.currency),
            tier: Some(body.tier),
            payment_terms_days: Some(body.payment_terms_days.to_string()),
            credit_limit: body.credit_limit,
            vat_id: body.vat_id,
            locale: body.locale,
            time_zone: body.time_zone,
        },
    };
    let editor = staff.editor();
    let whole = state
        .db
        .write(move |tx| {
            let account = editing::open(tx, &editor, &new, clock::now())?;
            Whole::load(tx, account.id)
        })
        .await?;
    whole.answer(HttpResponse::Created())
}

/// Close an account
///
/// The access of all its people ends within five seconds; what they ordered stays and goes on. Closing it again changes
/// nothing.
#[utoipa::path(tag = "supplier", operation_id = "closeAccount", responses(
    (status = 200, body = AccountDetailView, description = "The account", headers(("ETag" = String, description = "Of the new version"))),
))]
#[post("/supplier/accounts/{id}/close")]
pub async fn close_account(
    staff: Staff<MayManageAccounts>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
) -> Result<impl Responder> {
    let editor = staff.editor();
    let whole = state
        .db
        .write(move |tx| {
            editing::close(tx, &editor, id, clock::now())?;
            Whole::load(tx, id)
        })
        .await?;
    whole.answer(HttpResponse::Ok())
}
