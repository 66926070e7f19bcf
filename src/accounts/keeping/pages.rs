//! Pages of what accounts keep: a list with a form that adds, and a page for one with the form that changes it. A kind of
//! thing says what its list shows ([`Listed`]); texts are found by its name: `acct-site-add`, `acct-site-added`.

use actix_web::HttpResponse;
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
use crate::error::{Error, Result};
use crate::identity::caller::{Desk, MayManage, Visitor};
use crate::ids::AccountId;
use crate::kept::{Field, Holds};
use crate::limits;
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
    /// What else is kept of one, on pages of its own on the desk: the key of its text, and its path below the thing's.
    const LINKS: &'static [(&'static str, &'static str)] = &[];
    /// Whether pages take one away.
    const CAN_BE_REMOVED: bool = false;
    /// The codes that a field can name, where it names something else of the account.
    fn codes(_field: &str, _owner: AccountId, _known: &Self::Known) -> Option<Vec<String>> {
        None
    }
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
    frame: Frame,
}

/// What stands around them.
enum Frame {
    /// The desk's page about the account.
    Desk(Head),
    /// The account's own portal; whether the reader manages its people.
    Portal(bool),
}

impl<'a> Room<'a> {
    /// On the desk, in the tab `tab` of the account; `may_change` says whether the reader changes what is there.
    pub async fn on_desk<R>(
        state: &'a AppState,
        desk: &'a Desk<R>,
        account_id: AccountId,
        tab: &'static str,
        may_change: impl Fn(&Head) -> bool,
    ) -> Result<Self> {
        let read = move |connection: &mut Connection| accounts::get(connection, account_id);
        let head = Head::new(desk, &state.db.read(read).await?, tab);
        Ok(Self {
            state,
            shell: &desk.shell,
            account_id,
            actor: desk.staff.actor(),
            may_change: may_change(&head),
            frame: Frame::Desk(head),
        })
    }

    /// In the portal of the account, where its admins change what is there.
    pub fn in_portal<R>(state: &'a AppState, visitor: &'a Visitor<R>) -> Self {
        let manages = visitor.may::<MayManage>();
        Self {
            state,
            shell: &visitor.shell,
            account_id: visitor.customer.account_id,
            actor: visitor.customer.actor(),
            may_change: manages,
            frame: Frame::Portal(manages),
        }
    }

    /// The path of the list of these things.
    fn path<T: Kept>(&self) -> String {
        match &self.frame {
            Frame::Desk(head) => head.at(&format!("/{}", T::noun().table)),
            Frame::Portal(_) => format!("/account/{}", T::noun().table),
        }
    }

    /// The page with this part; `code` is that of the one it is about, if it is about one.
    fn answer<T: Kept>(&self, form: &Form, code: Option<&str>, part: &impl Template) -> Result<HttpResponse> {
        let part = part.render().map_err(Error::internal)?;
        let (shell, path, code) = (self.shell, self.path::<T>(), code.unwrap_or_default());
        let (prefix, list) = (form.prefix(), shell.t(&format!("acct-tab-{}", T::noun().table)));
        match &self.frame {
            Frame::Desk(head) => {
                let title = if code.is_empty() { list.as_str() } else { code };
                let page = DeskPage {
                    shell,
                    head,
                    title: format!("{prefix}{title}"),
                    path,
                    code,
                    part,
                };
                shell.page_with(form.status(), &page)
            }
            Frame::Portal(may_manage) => {
                let page = PortalPage {
                    shell,
                    may_manage: *may_manage,
                    prefix,
                    list,
                    path,
                    code,
                    part,
                };
                shell.page_with(form.status(), &page)
            }
        }
    }
}

#[derive(Template)]
#[template(path = "accounts/templates/kept_on_desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    head: &'a Head,
    title: String,
    /// The list.
    path: String,
    /// Of the one it is about; empty for the list.
    code: &'a str,
    part: String,
}

#[derive(Template)]
#[template(path = "accounts/templates/kept_in_portal.html")]
struct PortalPage<'a> {
    shell: &'a Shell,
    may_manage: bool,
    prefix: String,
    /// What the list is called.
    list: String,
    path: String,
    code: &'a str,
    part: String,
}

/// A field as the form draws it.
struct Drawn {
    name: &'static str,
    label: String,
    /// Empty where there is nothing more to say.
    hint: String,
    control: Control,
}

enum Control {
    /// Typed; attributes of the input.
    Line(String),
    /// One of some; values and texts.
    Choice(Vec<(String, String)>),
    /// Any of some.
    Ticks(Vec<(String, String)>),
}

impl Drawn {
    fn new<T: Listed>(shell: &Shell, field: &Field, codes: Option<Vec<String>>) -> Self {
        let name = field.name.replace('_', "-");
        let hint = format!("acct-{}-{name}-hint", T::noun().name);
        let line = |chars_max: usize| Control::Line(format!("autocomplete=\"off\" maxlength=\"{chars_max}\""));
        let named = |names: &[&str], family: &str| {
            let option = |name: &&str| ((*name).to_owned(), shell.name(family, name));
            names.iter().map(option).collect::<Vec<_>>()
        };
        let none = field.is_optional.then(|| (String::new(), shell.t("acct-none")));
        let choice = |options: Vec<_>| Control::Choice(none.into_iter().chain(options).collect());
        Self {
            name: field.name,
            label: shell.t(&format!("acct-{name}")),
            hint: shell.language.try_text(&hint).unwrap_or_default(),
            control: match (codes, field.holds) {
                (Some(codes), _) => choice(codes.into_iter().map(|code| (code.clone(), code)).collect()),
                (None, Holds::Text(chars_max)) => line(chars_max),
                (None, Holds::Country) => line(2),
                (None, Holds::MailAddress) => line(limits::EMAIL),
                (None, Holds::Phone) => line(limits::PHONE),
                (None, Holds::OneOf(names, family)) => choice(named(names, family)),
                (None, Holds::SomeOf(names, family)) => Control::Ticks(named(names, family)),
            },
        }
    }

    fn all<T: Listed>(room: &Room<'_>, known: &T::Known) -> Vec<Self> {
        let field = |name: &&str| T::noun().fields.iter().find(|field| field.name == *name);
        let fields = T::FORM.iter().filter_map(field);
        let codes = |field: &Field| T::codes(field.name, room.account_id, known);
        fields
            .map(|field| Self::new::<T>(room.shell, field, codes(field)))
            .collect()
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
struct ListPart<'a> {
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
    let read = move |connection: &mut Connection| {
        let things = keeping::list::<T>(connection, account_id, None, SHOWN_MAX)?;
        Ok((things, T::known(connection, account_id)?))
    };
    let (things, known) = room.state.db.read(read).await?;
    let (word, path) = (
        |end: &str| shell.t(&format!("acct-{}{end}", noun.name)),
        room.path::<T>(),
    );
    let links = match (&room.frame, room.may_change) {
        (Frame::Desk(_), true) => T::LINKS,
        _ => &[],
    };
    let row = |(place, thing): (usize, &T)| {
        let code = match room.may_change {
            true => Cell::code(format!("{path}/{}", thing.id()), thing.code()),
            false => Cell::mono(thing.code()),
        };
        let links = links.iter().map(|(key, end)| {
            let label = shell.t2("site-link-label", "what", shell.t(key), "code", thing.code());
            Cell::link(format!("{path}/{}/{end}", thing.id()), label)
        });
        [vec![code], thing.cells(shell, place), links.collect()].concat()
    };
    let mut list = List::new(shell, "")
        .none(&format!("acct-{}-empty", noun.table))
        .column(&format!("acct-{}", noun.name), "id");
    // In the portal the page's own heading says it.
    if let Frame::Desk(_) = room.frame {
        list = list.headed("kept-heading", &format!("acct-tab-{}", noun.table));
    }
    for (key, class) in T::HEADS {
        list = list.column(key, class);
    }
    for (key, _) in links {
        list = list.column(key, "plain");
    }
    let part = ListPart {
        may_change: room.may_change,
        add: word("-add"),
        code_label: word("-code"),
        code_hint: word("-code-hint"),
        list: list.rows(things.iter().enumerate().map(row)),
        fields: Fields {
            form: &form,
            fields: Drawn::all::<T>(room, &known),
        },
        form: &form,
        path,
    };
    room.answer::<T>(&form, None, &part)
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
struct OnePart<'a> {
    shell: &'a Shell,
    /// The list.
    path: String,
    /// This page.
    own_path: String,
    heading: String,
    /// The button that takes it away and what that comes to, where it can be.
    remove: Option<(String, String)>,
    fields: Fields<'a>,
    form: &'a Form,
    version: i64,
}

/// The page of one; `typed` is a form that was refused.
pub async fn edit<T: Listed>(room: &Room<'_>, id: T::Id, typed: Option<Form>) -> Result<HttpResponse> {
    let (account_id, shell) = (room.account_id, room.shell);
    let read = move |connection: &mut Connection| {
        let thing = keeping::get::<T>(connection, account_id, id)?;
        Ok((thing, T::known(connection, account_id)?))
    };
    let (thing, known) = room.state.db.read(read).await?;
    let form = match typed {
        Some(form) => form,
        None => Form::of(shell, T::noun().shown(&thing)?),
    };
    let (path, name) = (room.path::<T>(), T::noun().name);
    let removing = || {
        let button = shell.t1(&format!("acct-{name}-remove"), "code", thing.code());
        (button, shell.t(&format!("acct-{name}-remove-text")))
    };
    let part = OnePart {
        shell,
        own_path: format!("{path}/{id}"),
        path,
        heading: shell.t1(&format!("acct-{name}-heading"), "code", thing.code()),
        remove: T::CAN_BE_REMOVED.then(removing),
        fields: Fields {
            form: &form,
            fields: Drawn::all::<T>(room, &known),
        },
        form: &form,
        version: keeping::version(&thing)?,
    };
    room.answer::<T>(&form, Some(thing.code()), &part)
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

/// Takes one away.
pub async fn remove<T: Listed>(room: &Room<'_>, id: T::Id, fields: crate::web::Fields) -> Result<HttpResponse> {
    let (actor, place, expected) = (room.actor.clone(), (room.account_id, id), fields.seen());
    let remove = move |tx: &mut Connection| keeping::remove::<T>(tx, &actor, place, &expected, clock::now());
    match room.state.db.write(remove).await {
        Ok(thing) => Ok(done(room, &thing, "removed")),
        Err(error) => {
            let form = Form::default().refused(room.shell, error)?;
            edit::<T>(room, id, Some(form)).await
        }
    }
}
