//! What somebody is called, reads, and how their pages look.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use askama::Template;

use crate::accounts;
use crate::clock;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::caller::{Anyone, Caller};
use crate::identity::people::{self, ChangeSelf};
use crate::identity::rules::{Language, Person};
use crate::languages;
use crate::state::AppState;
use crate::version::Expected;
use crate::web::{Area, Banner, Faults, Fields, Shell, Theme, Tone, cookies, see_other};

#[derive(Template)]
#[template(path = "identity/templates/profile.html")]
struct ProfilePage<'a> {
    shell: &'a Shell,
    version: i64,
    email: String,
    roles: String,
    name: String,
    language: String,
    languages: [(&'static str, String); 3],
    theme: &'static str,
    themes: Vec<(&'static str, String)>,
    banner: Option<Banner>,
    faults: Faults,
}

fn page<'a>(shell: &'a Shell, caller: &Caller, person: Person) -> ProfilePage<'a> {
    let family = if shell.area == Area::Desk {
        "staff-role"
    } else {
        "account-role"
    };
    let roles: Vec<_> = caller.standing.role_names();
    let default = match shell.area {
        Area::Desk => "profile-language-default-staff",
        _ => "profile-language-default",
    };
    ProfilePage {
        shell,
        version: person.version,
        email: person.email,
        roles: roles
            .iter()
            .map(|role| shell.name(family, role))
            .collect::<Vec<_>>()
            .join(", "),
        name: person.name,
        language: person.language.map_or("", Language::name).to_owned(),
        // Languages are called what their speakers call them.
        languages: [
            ("", shell.t(default)),
            ("en", "English".to_owned()),
            ("de", "Deutsch".to_owned()),
        ],
        theme: shell.theme.name(),
        themes: Theme::ALL
            .map(|theme| (theme.name(), shell.name("theme", theme.name())))
            .into(),
        banner: None,
        faults: Faults::default(),
    }
}

/// My name, language and theme
#[get("/profile")]
pub async fn show(state: Data<AppState>, anyone: Anyone) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let id = caller.person_id;
    let read = move |connection: &mut Connection| people::find_person(connection, id)?.ok_or(Error::NotFound);
    let person = state.db.read(read).await?;
    shell.page(&page(&shell, &caller, person))
}

/// What the person reads from now on.
fn spoken(tx: &mut Connection, person: &Person) -> Result<languages::Language> {
    let account = person.account_id.map(|id| accounts::get(tx, id)).transpose()?;
    let tag = account.as_ref().map(|account| account.locale.as_str());
    let language = Language::of(person.language, tag);
    Ok(languages::Language::from_locale(language.name()))
}

/// Changes my name and language, and the theme of this browser
#[post("/profile")]
pub async fn change(state: Data<AppState>, anyone: Anyone, fields: Fields) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let wanted = ChangeSelf {
        name: Some(fields.get("name").to_owned()),
        language: Some(Language::from_name(fields.get("language"))),
    };
    let expected = Expected::OneOf(fields.parse("version").into_iter().collect());
    let (id, actor) = (caller.person_id, caller.actor());
    let change = move |tx: &mut Connection| {
        let person = people::change_self(tx, &actor, id, &expected, &wanted, clock::now())?;
        spoken(tx, &person)
    };
    let error = match state.db.write(change).await {
        Ok(language) => {
            let mut answer = HttpResponse::from(see_other("/profile").flash(Tone::Ok, language.text("profile-saved")));
            if let Some(theme) = Theme::from_name(fields.get("theme")) {
                let cookie = cookies::choice(cookies::THEME, theme.name());
                answer.add_cookie(&cookie).map_err(Error::internal)?;
            }
            // The next page before signing in speaks it too.
            let cookie = cookies::choice(cookies::LANGUAGE, language.tag());
            answer.add_cookie(&cookie).map_err(Error::internal)?;
            return Ok(answer);
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => error,
        Err(other) => return Err(other),
    };
    let read = move |connection: &mut Connection| people::find_person(connection, id)?.ok_or(Error::NotFound);
    let person = state.db.read(read).await?;
    let status = StatusCode::from_u16(error.code().status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let faults = match &error {
        Error::Invalid(faults) => Faults::new(&shell, faults, &[("name", "name-rule")]),
        _ => Faults::default(),
    };
    let page = ProfilePage {
        name: fields.get("name").to_owned(),
        language: fields.get("language").to_owned(),
        theme: Theme::from_name(fields.get("theme")).unwrap_or(shell.theme).name(),
        banner: Some(Banner::new(Tone::Bad, refusal(&shell, &error))),
        faults,
        ..page(&shell, &caller, person)
    };
    shell.page_with(status, &page)
}

fn refusal(shell: &Shell, error: &Error) -> String {
    match error {
        Error::Invalid(_) => shell.t("form-not-saved"),
        _ => shell.t("form-overtaken"),
    }
}
