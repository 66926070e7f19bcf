//! What somebody is called, reads, and how their pages look.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use askama::Template;

use crate::accounts;
use crate::clock;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::caller::{Anyone, Caller};
use crate::identity::people::{self, ChangeSelf};
use crate::identity::rules::Person;
use crate::languages;
use crate::languages::Language;
use crate::state::AppState;
use crate::web::{Area, Fields, Form, Shell, Theme, Tone, cookies, see_other};

#[derive(Template)]
#[template(path = "identity/templates/profile.html")]
struct ProfilePage<'a> {
    shell: &'a Shell,
    version: i64,
    email: String,
    roles: String,
    form: Form,
    languages: [(&'static str, String); 3],
    themes: Vec<(&'static str, String)>,
}

fn answer(shell: &Shell, caller: &Caller, person: Person, typed: Option<Form>) -> Result<HttpResponse> {
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
    let stored = || {
        let language = person.language.map_or("", Language::name);
        let values = [
            ("name", person.name.as_str()),
            ("language", language),
            ("theme", shell.theme.name()),
        ];
        Form::of(shell, values)
    };
    let form = typed.unwrap_or_else(stored);
    let status = form.status();
    let page = ProfilePage {
        shell,
        form,
        version: person.version,
        email: person.email,
        roles: roles
            .iter()
            .map(|role| shell.name(family, role))
            .collect::<Vec<_>>()
            .join(", "),
        // Languages are called what their speakers call them.
        languages: [
            ("", shell.t(default)),
            ("en", "English".to_owned()),
            ("de", "Deutsch".to_owned()),
        ],
        themes: Theme::ALL
            .map(|theme| (theme.name(), shell.name("theme", theme.name())))
            .into(),
    };
    shell.page_with(status, &page)
}

/// My name, language and theme
#[get("/profile")]
pub async fn show(state: Data<AppState>, anyone: Anyone) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let id = caller.person_id;
    let read = move |connection: &mut Connection| people::find_person(connection, id)?.ok_or(Error::NotFound);
    let person = state.db.read(read).await?;
    answer(&shell, &caller, person, None)
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
    let expected = fields.seen();
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
            let cookie = cookies::choice(cookies::LANGUAGE, language.name());
            answer.add_cookie(&cookie).map_err(Error::internal)?;
            return Ok(answer);
        }
        Err(error) => error,
    };
    let form = Form::sent(&shell, fields).refused_saying(&shell, error, &[("name", "name-rule")])?;
    let read = move |connection: &mut Connection| people::find_person(connection, id)?.ok_or(Error::NotFound);
    let person = state.db.read(read).await?;
    answer(&shell, &caller, person, Some(form))
}
