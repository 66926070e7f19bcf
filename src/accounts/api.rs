//! REST: who I am, my account and its sites.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, get, patch};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::schema::{AnyOfBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::rules::Account;
use super::shapes::{AccountView, SiteWithWindowsView};
use super::windows::rules::Window;
use crate::accounts::sentences;
use crate::accounts::sites::Site;
use crate::clock;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::{Code, Error, Result};
use crate::http::{Body, FollowedPage, IfMatch, List, Params, etag};
use crate::identity::caller::{Caller, Customer, MayRead};
use crate::identity::people::{self, ChangeSelf};
use crate::identity::rules::{AccountRole, Person, StaffRole};
use crate::identity::sessions::Standing;
use crate::languages::Language;
use crate::ledger;
use crate::state::AppState;

/// A person and what they may do where.
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
    roles: Vec<Role>,
    /// The language of pages and mails; where the person chose none, that of the account.
    #[schema(value_type = Language, example = "de")]
    locale: &'static str,
}

/// A role in an account, or of the staff.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Role {
    /// In an account.
    Account(AccountRole),
    /// Of the staff.
    Staff(StaffRole),
}

/// Any of both, for some names are roles of both.
impl PartialSchema for Role {
    fn schema() -> RefOr<Schema> {
        AnyOfBuilder::new()
            .description(Some("A role in an account, or of the staff."))
            .item(Ref::from_schema_name(<AccountRole as ToSchema>::name()))
            .item(Ref::from_schema_name(<StaffRole as ToSchema>::name()))
            .into()
    }
}

impl ToSchema for Role {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((<AccountRole as ToSchema>::name().into_owned(), AccountRole::schema()));
        schemas.push((<StaffRole as ToSchema>::name().into_owned(), StaffRole::schema()));
    }
}

fn roles(standing: &Standing) -> Vec<Role> {
    match standing {
        Standing::Member { roles, .. } => roles.iter().copied().map(Role::Account).collect(),
        Standing::Staff { roles } => roles.iter().copied().map(Role::Staff).collect(),
    }
}

impl MeView {
    fn of(caller: &Caller) -> Self {
        let about = &*caller.about;
        let account = about.account.as_ref();
        Self {
            id: caller.person_id.to_string(),
            locale: Language::of(about.language, account.map(|(_, tag)| tag.as_str())).name(),
            email: about.email.clone(),
            name: about.name.clone(),
            account: account.map(|(code, _)| code.clone()),
            roles: roles(&caller.standing),
        }
    }

    pub(in crate::accounts) fn new(person: Person, account: Option<Account>, roles: Vec<Role>) -> Self {
        let account_tag = account.as_ref().map(|account| account.locale.as_str());
        Self {
            id: person.id.to_string(),
            locale: Language::of(person.language, account_tag).name(),
            email: person.email,
            name: person.name,
            account: account.map(|account| account.code),
            roles,
        }
    }
}

pub(in crate::accounts) fn account_of(connection: &mut Connection, person: &Person) -> Result<Option<Account>> {
    let account = person.account_id.map(|id| super::get(connection, id));
    account.transpose()
}

/// Who is signed in
#[utoipa::path(tag = "me", operation_id = "getMe", responses(
    (status = 200, body = MeView, description = "The caller", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/me")]
pub async fn show_me(caller: Caller) -> impl Responder {
    // What a session is known by tells it: no database for whoever called lately.
    let tag = etag(caller.about.version);
    HttpResponse::Ok().insert_header(tag).json(MeView::of(&caller))
}

/// What to change of myself; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMe {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// Null = the language of the account.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Language>, example = "de")]
    locale: Option<Option<String>>,
}

/// A field that is there, be it null.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Change my name or language
#[utoipa::path(tag = "me", operation_id = "changeMe", request_body = ChangeMe,
    params(("If-Match" = String, Header, description = "The ETag of `GET /api/v1/me`")),
    responses((status = 200, body = MeView, description = "The caller", headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/me")]
pub async fn change_me(
    caller: Caller,
    state: Data<AppState>,
    IfMatch(expected): IfMatch,
    body: Body<ChangeMe>,
) -> Result<impl Responder> {
    let language = |name: String| {
        let detail = sentences::languages_are();
        Language::from_name(&name).ok_or_else(|| Error::invalid("/locale", Code::ValueInvalid, detail))
    };
    let change = ChangeSelf {
        name: body.0.name,
        language: match body.0.locale {
            None => None,
            Some(chosen) => Some(chosen.map(language).transpose()?),
        },
    };
    let (person_id, actor) = (caller.person_id, caller.actor());
    let (person, account) = state
        .db
        .write(move |tx| {
            let person = people::change_self(tx, &actor, person_id, &expected, &change, clock::now())?;
            let account = account_of(tx, &person)?;
            Ok((person, account))
        })
        .await?;
    let tag = etag(person.version);
    let view = MeView::new(person, account, roles(&caller.standing));
    Ok(HttpResponse::Ok().insert_header(tag).json(view))
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

/// The sites of my account
///
/// In the order in which the supplier keeps them; the first one is the default of `ship_to`. With when each takes goods in, as the
/// supplier has it.
#[utoipa::path(tag = "account", operation_id = "listSites", params(FollowedPage), responses(
    (status = 200, body = List<SiteWithWindowsView>, description = "A page of sites"),
))]
#[get("/account/sites")]
pub async fn list_sites(
    customer: Customer<MayRead>,
    state: Data<AppState>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    let (page, account_id) = (params.0.page(), customer.account_id);
    let read = move |connection: &mut Connection, walk, rows_max| {
        let sites = super::list_sites(connection, account_id, walk, rows_max)?;
        let ids: Vec<_> = sites.iter().map(|site| site.id).collect();
        let mut windows = super::windows::list_of_sites(connection, &ids)?;
        let with_windows = |site: Site| (windows.remove(&site.id).unwrap_or_default(), site);
        Ok(sites.into_iter().map(with_windows).collect())
    };
    let list = (Followed::of("sites", Some(account_id)), "sites");
    let id = |(_, site): &(Vec<Window>, Site)| site.id;
    let view = |(windows, site): (Vec<Window>, Site)| SiteWithWindowsView::new(site, &windows);
    Ok(Json(page.list(&state.db, list, read, (id, id, view)).await?))
}
