//! REST: which mails I get, and the link that every mail has against more of its kind.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, Responder, get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::notifications::{self, Choices, Choose};
use crate::audit::{Actor, Origin};
use crate::clock;
use crate::error::Result;
use crate::http::{Body, IfMatch, etag};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::PersonId;
use crate::mail::rules::Kind;
use crate::state::AppState;
use crate::version::Expected;

/// Which mails somebody gets.
#[derive(Serialize, ToSchema)]
pub struct NotificationsView {
    kinds: Vec<KindView>,
    /// Codes of the sites they get mails about; empty = all.
    sites: Vec<String>,
}

/// A kind of mail.
#[derive(Serialize, ToSchema)]
pub struct KindView {
    kind: Kind,
    /// False once it is switched off.
    on: bool,
    /// False for what somebody asks for themselves, like a new password.
    can_be_switched_off: bool,
}

fn answer(choices: Choices) -> HttpResponse {
    let kinds = choices.kinds.into_iter().map(|(kind, on)| KindView {
        kind,
        on,
        can_be_switched_off: kind.can_be_switched_off(),
    });
    HttpResponse::Ok()
        .insert_header(etag(choices.version))
        .json(NotificationsView {
            kinds: kinds.collect(),
            sites: choices.sites,
        })
}

/// Which mails to get. What `GET` answers may be sent back changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseNotifications {
    /// Kinds left out come.
    kinds: Vec<ChooseKind>,
    /// Codes of the sites to get mails about; empty = all.
    #[serde(default)]
    #[schema(required = false)]
    sites: Vec<String>,
}

/// A kind of mail and whether it shall come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseKind {
    #[schema(value_type = Kind)]
    kind: String,
    on: bool,
    /// As it was read; it changes nothing.
    #[serde(rename = "can_be_switched_off")]
    _can_be_switched_off: Option<bool>,
}

impl From<ChooseNotifications> for Choose {
    fn from(body: ChooseNotifications) -> Self {
        Self {
            kinds: body.kinds.into_iter().map(|choice| (choice.kind, choice.on)).collect(),
            sites: body.sites,
        }
    }
}

/// What the handlers of both sides do to show the choices of a person.
pub(in crate::accounts) async fn show(state: &AppState, id: PersonId) -> Result<HttpResponse> {
    let read = move |connection: &mut _| notifications::of_person(connection, id);
    Ok(answer(state.db.read(read).await?))
}

/// What the handlers of both sides do to store them.
pub(in crate::accounts) async fn store(
    state: &AppState,
    id: PersonId,
    actor: Actor,
    expected: Expected,
    body: ChooseNotifications,
) -> Result<HttpResponse> {
    let wanted = Choose::from(body);
    let choices = state
        .db
        .write(move |tx| notifications::choose(tx, &actor, id, &expected, &wanted, clock::now()))
        .await?;
    Ok(answer(choices))
}

/// Which mails I get
#[utoipa::path(tag = "me", operation_id = "getNotifications", security(("bearer" = ["account.read"])), responses(
    (status = 200, body = NotificationsView, description = "Every kind and the sites", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/account/notifications")]
pub async fn show_notifications(customer: Customer<MayRead>, state: Data<AppState>) -> Result<impl Responder> {
    show(&state, customer.person_id).await
}

/// Choose which mails I get
#[utoipa::path(tag = "me", operation_id = "chooseNotifications", security(("bearer" = ["account.read"])), request_body = ChooseNotifications,
    params(("If-Match" = String, Header, description = "The ETag of `GET`")),
    responses((status = 200, body = NotificationsView, description = "As chosen", headers(("ETag" = String, description = "Of the new version")))))]
#[put("/account/notifications")]
pub async fn choose_notifications(
    customer: Customer<MayRead>,
    state: Data<AppState>,
    IfMatch(expected): IfMatch,
    body: Body<ChooseNotifications>,
) -> Result<impl Responder> {
    store(&state, customer.person_id, customer.actor(), expected, body.0).await
}

/// Switch a kind of mail off by the link of a mail
///
/// For mail programs (RFC 8058, one click): whatever the body, the kind of that mail comes no more. Doing it twice
/// changes nothing.
#[utoipa::path(tag = "mails", operation_id = "unsubscribe", security(()), responses(
    (status = 204, description = "Switched off"),
))]
#[post("/notifications/unsubscribe/{link}")]
pub async fn unsubscribe(state: Data<AppState>, origin: Origin, token: Path<String>) -> Result<impl Responder> {
    let token = token.into_inner();
    state
        .db
        .write(move |tx| notifications::unsubscribe(tx, &token, &origin, clock::now()))
        .await?;
    Ok(HttpResponse::NoContent())
}

/// Follow the link of a mail
///
/// Shows nothing and changes nothing, whatever the token: mail scanners follow links.
#[utoipa::path(tag = "mails", operation_id = "followUnsubscribe", security(()), responses((status = 204, description = "Nothing")))]
#[get("/notifications/unsubscribe/{link}")]
pub async fn follow_unsubscribe() -> impl Responder {
    HttpResponse::NoContent()
}
