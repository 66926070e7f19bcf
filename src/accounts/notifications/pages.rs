//! Which mails somebody gets, and the link that every mail has against more of its kind.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use crate::accounts::members::pages::member::Tick;
use crate::accounts::notifications::{self, Choices, Choose};
use crate::accounts::team;
use crate::audit::Origin;
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::{Anyone, Guest};
use crate::mail::rules::Kind;
use crate::state::AppState;
use crate::web::notice::Notice;
use crate::web::{Banner, Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/account/notifications";

#[derive(Template)]
#[template(path = "accounts/templates/notifications.html")]
struct NotificationsPage<'a> {
    shell: &'a Shell,
    version: i64,
    kinds: Vec<Tick>,
    /// Kinds that always come.
    fixed: Vec<String>,
    sites: Vec<Tick>,
    form: Form,
}

fn kind_name(shell: &Shell, kind: Kind) -> String {
    shell.name("notify-kind", kind.name())
}

/// The page; `typed` are choices that were refused.
async fn page(state: &AppState, anyone: &Anyone, typed: Option<Form>) -> Result<HttpResponse> {
    let (id, account_id) = (anyone.caller.person_id, anyone.caller.account_id());
    let read = move |connection: &mut Connection| {
        let choices = notifications::of_person(connection, id)?;
        let sites = account_id.map(|id| team::all_sites(connection, id)).transpose()?;
        Ok((choices, sites.unwrap_or_default()))
    };
    let (Choices { kinds, sites, version }, known) = state.db.read(read).await?;
    let shell = &anyone.shell;
    let (open, fixed): (Vec<_>, Vec<_>) = kinds.into_iter().partition(|(kind, _)| kind.can_be_switched_off());
    let form = typed.unwrap_or_else(|| {
        let on = open
            .iter()
            .filter(|(_, on)| *on)
            .map(|(kind, _)| ("kinds", kind.name()));
        let sites = sites.iter().map(|code| ("sites", code.as_str()));
        Form::of(shell, on.chain(sites))
    });
    let kind = |(kind, _): (Kind, bool)| Tick {
        value: kind.name().to_owned(),
        text: kind_name(shell, kind),
        hint: shell.name("notify-about", kind.name()),
        on: form.has("kinds", kind.name()),
    };
    let site = |site: crate::accounts::sites::Site| Tick {
        on: form.has("sites", &site.code),
        text: site.name,
        hint: site.code.clone(),
        value: site.code,
    };
    let page = NotificationsPage {
        shell,
        version,
        kinds: open.into_iter().map(kind).collect(),
        fixed: fixed.into_iter().map(|(kind, _)| kind_name(shell, kind)).collect(),
        sites: known.into_iter().map(site).collect(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// Which mails I get
#[get("/account/notifications")]
pub async fn show(state: Data<AppState>, anyone: Anyone) -> Result<HttpResponse> {
    page(&state, &anyone, None).await
}

/// Chooses which mails I get
#[post("/account/notifications")]
pub async fn choose(state: Data<AppState>, anyone: Anyone, fields: Fields) -> Result<HttpResponse> {
    let (id, actor) = (anyone.caller.person_id, anyone.caller.actor());
    let kinds = Kind::of(anyone.caller.account_id().is_some()).iter();
    let kinds = kinds.filter(|kind| kind.can_be_switched_off());
    let wanted = Choose {
        kinds: kinds
            .map(|kind| {
                let name = kind.name();
                (name.to_owned(), fields.all("kinds").any(|chosen| chosen == name))
            })
            .collect(),
        sites: fields.all("sites").map(str::to_owned).collect(),
    };
    let expected = fields.seen();
    let write = move |tx: &mut _| notifications::choose(tx, &actor, id, &expected, &wanted, clock::now());
    let shell = &anyone.shell;
    match state.db.write(write).await {
        Ok(_) => Ok(see_other(PATH).flash(Tone::Ok, shell.t("notify-saved")).into()),
        Err(error) => {
            let form = Form::sent(shell, fields).refused(shell, error)?;
            page(&state, &anyone, Some(form)).await
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/templates/unsubscribe.html")]
struct UnsubscribePage<'a> {
    shell: &'a Shell,
    kind: String,
}

/// Asks before a kind of mail is switched off: mail scanners follow links
#[get("/unsubscribe/{token}")]
pub async fn follow_unsubscribe(state: Data<AppState>, guest: Guest, token: Path<String>) -> Result<HttpResponse> {
    let read = move |connection: &mut _| notifications::kind_of_link(connection, &token);
    let kind = state.db.read(read).await?;
    let shell = guest.shell.signed_out();
    shell.page(&UnsubscribePage {
        shell: &shell,
        kind: kind_name(&shell, kind),
    })
}

/// Switches a kind of mail off. Mail programs send this by themselves (RFC 8058, one click), so whatever the body says
/// doesn't matter, and nobody is sent elsewhere.
#[post("/unsubscribe/{token}")]
pub async fn unsubscribe(
    state: Data<AppState>,
    origin: Origin,
    guest: Guest,
    token: Path<String>,
) -> Result<HttpResponse> {
    let write = move |tx: &mut Connection| {
        let kind = notifications::kind_of_link(tx, &token)?;
        notifications::unsubscribe(tx, &token, &origin, clock::now())?;
        Ok(kind)
    };
    let kind = state.db.write(write).await?;
    let shell = guest.shell.signed_out();
    let text = shell.t1("unsubscribed", "kind", kind_name(&shell, kind));
    shell.page(&Notice {
        shell: &shell,
        heading: shell.t("unsubscribed-heading"),
        banner: Banner::new(Tone::Ok, text),
        step: (PATH, shell.t("unsubscribe-choose")),
    })
}
