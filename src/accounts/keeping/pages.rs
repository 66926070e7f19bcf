//! Pages of what accounts keep: a list with a form that adds, and a page for one with the form that changes it. A kind of
//! thing says what its list shows ([`Listed`]); texts are found by its name: `acct-site-add`, `acct-site-added`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Kept;
use crate::accounts::supplier_pages::Head;
use crate::accounts::{self, keeping};
use crate::audit::Actor;
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::Desk;
use crate::ids::AccountId;
use crate::kept::Field;
use crate::state::AppState;
use crate::web::list::{Cell, List};
use crate::web::{Form, Shell, Tone, see_other};

/// Things that are shown on one page; an account has some dozens.
const SHOWN_MAX: i64 = 10_000;

/// A kind of thing as pages show it.
pub trait Listed: Kept {
    /// Its fields in the order of the form.
    const FORM: &'static [&'static str];
    /// Texts and classes of the columns behind that of the code.
    const HEADS: &'static [(&'static str, &'static str)];
    /// The cells behind that of the code; `place` counts from 0.
    fn cells(&self, shell: &Shell, place: usize) -> Vec<Cell>;
}

/// Where the pages stand, and who reads them.
pub struct Room<'a> {
    state: &'a AppState,
    shell: &'a Shell,
    account_id: AccountId,
    actor: Actor,
    /// The reader adds and changes.
    may_change: bool,
    head: Head,
}

impl<'a> Room<'a> {
    /// On the desk, in the tab `tab` of the account; `may_change` says whether the reader changes what is there.
    pub async fn on_desk<R>(
        state: &'a Data<AppState>,
        desk: &'a Desk<R>,
        account_id: AccountId,
        tab: &'static str,
        may_change: impl Fn(&Head) -> bool,
    ) -> Result<Self> {
        let account = state
            .db
            .read(move |connection| accounts::get(connection, account_id))
            .await?;
        let head = Head::new(desk, &account, tab);
        Ok(Self {
            state,
            shell: &desk.shell,
            account_id,
            actor: desk.staff.actor(),
            may_change: may_change(&head),
            head,
        })
    }

    /// The path of the list of these things.
    fn path<T: Kept>(&self) -> String {
        self.head.at(&format!("/{}", T::noun().table))
    }
}

/// A field as the form draws it.
struct Drawn {
    name: &'static str,
    label: String,
    /// Empty where there is nothing more to say.
    hint: String,
    attributes: String,
}

impl Drawn {
    fn new<T: Kept>(shell: &Shell, field: &Field) -> Self {
        let name = field.name.replace('_', "-");
        let hint = format!("acct-{}-{name}-hint", T::noun().name);
        Self {
            name: field.name,
            label: shell.t(&format!("acct-{name}")),
            hint: shell.language.try_text(&hint).unwrap_or_default(),
            attributes: format!("autocomplete=\"off\" maxlength=\"{}\"", field.chars_max()),
        }
    }

    fn all<T: Listed>(shell: &Shell) -> Vec<Self> {
        let field = |name: &&str| T::noun().fields.iter().find(|field| field.name == *name);
        let fields = T::FORM.iter().filter_map(field);
        fields.map(|field| Self::new::<T>(shell, field)).collect()
    }
}

#[derive(Template)]
#[template(path = "accounts/templates/kept_form.html")]
struct Fields<'a> {
    form: &'a Form,
    fields: Vec<Drawn>,
}

impl HtmlSafe for Fields<'_> {}

#[derive(Template)]
#[template(path = "accounts/templates/kept_list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    head: &'a Head,
    title: String,
    /// The reader adds something.
    may_change: bool,
    path: String,
    /// What is done by the form.
    add: String,
    code_label: String,
    code_hint: String,
    list: List<'a>,
    fields: Fields<'a>,
    form: &'a Form,
}

/// The page of all of the account; `form` is that which adds one.
pub async fn list<T: Listed>(room: &Room<'_>, form: Form) -> Result<HttpResponse> {
    let (noun, account_id, shell) = (T::noun(), room.account_id, room.shell);
    let read = move |connection: &mut Connection| keeping::list::<T>(connection, account_id, None, SHOWN_MAX);
    let things = room.state.db.read(read).await?;
    let (word, path) = (
        |end: &str| shell.t(&format!("acct-{}{end}", noun.name)),
        room.path::<T>(),
    );
    let row = |(place, thing): (usize, &T)| {
        let code = match room.may_change {
            true => Cell::code(format!("{path}/{}", thing.id()), thing.code()),
            false => Cell::mono(thing.code()),
        };
        [vec![code], thing.cells(shell, place)].concat()
    };
    let mut list = List::new(shell, "")
        .headed("kept-heading", &format!("acct-tab-{}", noun.table))
        .none(&format!("acct-{}-empty", noun.table))
        .column(&format!("acct-{}", noun.name), "id");
    for (key, class) in T::HEADS {
        list = list.column(key, class);
    }
    let page = ListPage {
        shell,
        head: &room.head,
        title: shell.t(&format!("acct-tab-{}", noun.table)),
        may_change: room.may_change,
        add: word("-add"),
        code_label: word("-code"),
        code_hint: word("-code-hint"),
        list: list.rows(things.iter().enumerate().map(row)),
        fields: Fields {
            form: &form,
            fields: Drawn::all::<T>(shell),
        },
        form: &form,
        path,
    };
    shell.page_with(form.status(), &page)
}

/// Adds what the form says.
pub async fn add<T: Listed, New>(room: &Room<'_>, fields: crate::web::Fields) -> Result<HttpResponse>
where
    New: DeserializeOwned + Serialize + Send + 'static,
{
    let mut form = Form::sent(room.shell, fields);
    if let Some(new) = form.input::<New>(&[]) {
        let (actor, account_id) = (room.actor.clone(), room.account_id);
        let add = move |tx: &mut Connection| keeping::add::<T>(tx, &actor, account_id, &new, clock::now());
        match room.state.db.write(add).await {
            Ok(thing) => return Ok(done(room, &thing, "added")),
            Err(error) => form = form.refused(room.shell, error)?,
        }
    }
    list::<T>(room, form).await
}

/// Back to the list, which tells what was done.
fn done<T: Listed>(room: &Room<'_>, thing: &T, what: &str) -> HttpResponse {
    let key = format!("acct-{}-{what}", T::noun().name);
    let text = room.shell.t1(&key, "code", thing.code());
    see_other(room.path::<T>()).flash(Tone::Ok, text).into()
}

#[derive(Template)]
#[template(path = "accounts/templates/kept_one.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    head: &'a Head,
    /// The list.
    path: String,
    /// This page.
    own_path: String,
    code: String,
    heading: String,
    fields: Fields<'a>,
    form: &'a Form,
    version: i64,
}

/// The page of one; `typed` is a form that was refused.
pub async fn edit<T: Listed>(room: &Room<'_>, id: T::Id, typed: Option<Form>) -> Result<HttpResponse> {
    let (account_id, shell) = (room.account_id, room.shell);
    let read = move |connection: &mut Connection| keeping::get::<T>(connection, account_id, id);
    let thing = room.state.db.read(read).await?;
    let form = match typed {
        Some(form) => form,
        None => Form::stored(shell, &T::noun().facts(&thing)?),
    };
    let path = room.path::<T>();
    let page = OnePage {
        shell,
        head: &room.head,
        own_path: format!("{path}/{id}"),
        path,
        heading: shell.t1(&format!("acct-{}-heading", T::noun().name), "code", thing.code()),
        code: thing.code().to_owned(),
        fields: Fields {
            form: &form,
            fields: Drawn::all::<T>(shell),
        },
        form: &form,
        version: keeping::version(&thing)?,
    };
    shell.page_with(form.status(), &page)
}

/// Changes one to what the form says.
pub async fn change<T: Listed, Change>(room: &Room<'_>, id: T::Id, fields: crate::web::Fields) -> Result<HttpResponse>
where
    Change: DeserializeOwned + Serialize + Send + 'static,
{
    let (actor, place, expected) = (room.actor.clone(), (room.account_id, id), fields.seen());
    let input: Change = fields.input()?;
    let change = move |tx: &mut Connection| keeping::change::<T>(tx, &actor, place, &expected, &input, clock::now());
    match room.state.db.write(change).await {
        Ok(thing) => Ok(done(room, &thing, "changed")),
        Err(error) => {
            let form = Form::sent(room.shell, fields).refused(room.shell, error)?;
            edit::<T>(room, id, Some(form)).await
        }
    }
}
