//! Policies on the desk: all of them with who has which, and one to add or change.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts::rules::Tier;
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::ids::ReminderPolicyId;
use crate::kept::DecimalText;
use crate::money::Money;
use crate::reminders::policies::{self, FIELDS, LevelInput, PolicyInput};
use crate::reminders::rules::policy::Level;
use crate::reminders::rules::{Automatic, LEVELS_MAX, Policy};
use crate::reminders::{settings, tiers};
use crate::state::AppState;
use crate::tax::rules::percent;
use crate::typed::to_type;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/reminder-policies";

struct Row {
    link: String,
    code: String,
    name: String,
    /// Days of each level.
    levels: String,
    smallest: String,
    hold: String,
}

#[derive(Template)]
#[template(path = "reminders/templates/policies.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    rows: Vec<Row>,
    may_keep: bool,
    form: Form,
    /// Field, what it is called, and what may be chosen.
    tiers: Vec<(String, String)>,
    choices: Vec<(String, String)>,
    house: Vec<(String, String)>,
    automatic: Vec<(String, String)>,
    /// What is set, for who changes nothing here.
    facts: Vec<(String, String)>,
}

fn row(shell: &Shell, policy: &Policy) -> Row {
    let days = policy.levels.iter().map(|level| level.days_overdue.to_string());
    let level = policy
        .hold_level
        .map(|level| format!("{} {level}", shell.t("reminder-policy-hold-level")));
    let late = policy
        .hold_days
        .map(|days| format!("{} {days}", shell.t("reminder-policy-hold-days")));
    let hold: Vec<_> = [level, late].into_iter().flatten().collect();
    Row {
        link: format!("{PATH}/{}", policy.id),
        code: policy.code.clone(),
        name: policy.name.clone(),
        levels: days.collect::<Vec<_>>().join(", "),
        smallest: shell.money(policy.smallest_amount()),
        hold: match hold.is_empty() {
            true => shell.t("reminder-policy-never"),
            false => hold.join(", "),
        },
    }
}

fn tier_field(tier: Tier) -> String {
    format!("tier_{tier}")
}

async fn page<R>(state: &AppState, desk: &Desk<R>, typed: Option<Form>) -> Result<HttpResponse> {
    let read = |connection: &mut Connection| {
        let all = policies::list(connection, Walk::First, i64::MAX)?;
        Ok((all, settings::get(connection)?, tiers::list(connection)?))
    };
    let (all, (house, automatic), of_tiers) = state.db.read(read).await?;
    let shell = &desk.shell;
    let named: Vec<_> = all
        .iter()
        .map(|policy| (policy.code.clone(), policy.name.clone()))
        .collect();
    let with = |key: &str| {
        let none = [(String::new(), shell.t(key))];
        none.into_iter().chain(named.clone()).collect::<Vec<_>>()
    };
    let name_of = |code: Option<&String>, key: &str| {
        let name = code.and_then(|code| named.iter().find(|(known, _)| known == code));
        name.map_or_else(|| shell.t(key), |(_, name)| name.clone())
    };
    let tier_name = |tier: Tier| shell.name("tier", tier.name());
    let mut facts: Vec<_> = of_tiers
        .iter()
        .map(|(tier, code)| (tier_name(*tier), name_of(code.as_ref(), "reminder-policy-as-house")))
        .collect();
    facts.push((
        shell.t("reminder-policy-house-is"),
        name_of(house.as_ref(), "reminder-policy-none"),
    ));
    let mut values = vec![
        ("default_policy".to_owned(), house.unwrap_or_default()),
        ("automatic".to_owned(), automatic.name().to_owned()),
    ];
    values.extend(
        of_tiers
            .into_iter()
            .map(|(tier, code)| (tier_field(tier), code.unwrap_or_default())),
    );
    let form = typed.unwrap_or_else(|| Form::of(shell, values));
    let page = ListPage {
        shell,
        rows: all.iter().map(|policy| row(shell, policy)).collect(),
        may_keep: desk.may::<MayKeepBooks>(),
        tiers: Tier::ALL
            .into_iter()
            .map(|tier| (tier_field(tier), tier_name(tier)))
            .collect(),
        choices: with("reminder-policy-as-house"),
        house: with("reminder-policy-none"),
        automatic: Automatic::ALL
            .into_iter()
            .map(|one| (one.name().to_owned(), shell.name("reminder-automatic", one.name())))
            .collect(),
        facts,
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// All policies, and who has which
#[get("/desk/reminder-policies")]
pub async fn list(state: web::Data<AppState>, desk: Desk<MayReadDesk>) -> Result<HttpResponse> {
    page(&state, &desk, None).await
}

/// Says who has which policy
#[post("/desk/reminder-policies")]
pub async fn set(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, fields: Fields) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let automatic: Automatic = fields.parse("automatic")?;
    let form = Form::sent(shell, fields);
    let house = form.filled("default_policy");
    let of_tiers = Tier::ALL.map(|tier| (tier, form.filled(&tier_field(tier))));
    let write = move |tx: &mut Connection| {
        settings::set(tx, house.as_deref(), automatic, &actor, now())?;
        tiers::set(tx, &of_tiers, &actor, now())
    };
    match state.db.write(write).await {
        Ok(()) => Ok(see_other(PATH)
            .flash(Tone::Ok, shell.t("reminder-policy-is-set"))
            .into()),
        Err(error) => page(&state, &desk, Some(form.refused(shell, error)?)).await,
    }
}

struct LevelFields {
    name: String,
    /// As in [`FIELDS`].
    fields: [&'static str; 6],
}

#[derive(Template)]
#[template(path = "reminders/templates/policy.html")]
struct PolicyPage<'a> {
    shell: &'a Shell,
    title: String,
    link: String,
    is_new: bool,
    version: i64,
    levels: Vec<LevelFields>,
    hold_levels: Vec<(String, String)>,
    may_keep: bool,
    form: Form,
}

fn stored(shell: &Shell, policy: &Policy) -> Form {
    let number = |text: String| to_type(shell.language, &text);
    let money = |minor| number(Money::new(minor, policy.currency).to_string());
    let text = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut values = vec![
        ("name", policy.name.clone()),
        ("currency", policy.currency.code().to_owned()),
        ("smallest_amount", money(policy.smallest_minor)),
        ("hold_level", text(policy.hold_level)),
        ("hold_days", text(policy.hold_days)),
    ];
    let level = |(level, fields): (&Level, [&'static str; 6])| {
        let told = [
            level.days_overdue.to_string(),
            level.days_between.to_string(),
            money(level.fee_minor),
            number(percent(level.interest_ppm)),
            level.text_en.clone().unwrap_or_default(),
            level.text_de.clone().unwrap_or_default(),
        ];
        fields.into_iter().zip(told)
    };
    values.extend(policy.levels.iter().zip(FIELDS).flat_map(level));
    Form::of(shell, values)
}

fn one<R>(desk: &Desk<R>, policy: Option<&Policy>, typed: Option<Form>) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let form = typed.unwrap_or_else(|| match policy {
        Some(policy) => stored(shell, policy),
        None => Form::new(shell),
    });
    let level = |(place, fields): (usize, [&'static str; 6])| LevelFields {
        name: shell.name("reminder-level", &place.to_string()),
        fields,
    };
    let never = [(String::new(), shell.t("reminder-policy-never"))];
    let hold_levels =
        (1..=LEVELS_MAX).map(|place| (place.to_string(), shell.name("reminder-level", &place.to_string())));
    let page = PolicyPage {
        shell,
        title: match policy {
            Some(policy) => shell.t1("reminder-policy-title", "code", policy.code.as_str()),
            None => shell.t("reminder-policy-new"),
        },
        link: match policy {
            Some(policy) => format!("{PATH}/{}", policy.id),
            None => format!("{PATH}/new"),
        },
        is_new: policy.is_none(),
        version: policy.map(policies::version).transpose()?.unwrap_or_default(),
        levels: (1..).zip(FIELDS).map(level).collect(),
        hold_levels: never.into_iter().chain(hold_levels).collect(),
        may_keep: desk.may::<MayKeepBooks>(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// A whole number of a field that may be left empty; an outer `None` is a fault.
fn days(form: &mut Form, shell: &Shell, name: &str) -> Option<Option<i32>> {
    let text = form.value(name).to_owned();
    if text.is_empty() {
        return Some(None);
    }
    let read = text.parse().ok();
    if read.is_none() {
        form.note(name, shell.t1("form-number-bad", "typed", text.as_str()));
    }
    read.map(Some)
}

/// A number with decimals of a field that may be left empty, as the check of the policy reads it.
fn decimal(form: &mut Form, name: &str) -> Option<Option<DecimalText>> {
    match form.value(name) {
        "" => Some(None),
        _ => form.number(name).map(|text| Some(DecimalText(text))),
    }
}

fn read_level(form: &mut Form, shell: &Shell, fields: [&str; 6]) -> Option<Option<LevelInput>> {
    let [overdue, between, fee, interest, text_en, text_de] = fields;
    if fields.iter().all(|name| form.value(name).is_empty()) {
        return Some(None);
    }
    let (late, between) = (days(form, shell, overdue), days(form, shell, between));
    let (fee, interest) = (decimal(form, fee), decimal(form, interest));
    let text = |name: &str| Some(form.text(name).trim().to_owned()).filter(|text| !text.is_empty());
    let texts = (text(text_en), text(text_de));
    let Some(late) = late? else {
        form.note(overdue, shell.t("form-required"));
        return None;
    };
    Some(Some(LevelInput::new((late, between?), (fee?, interest?), texts)))
}

/// The policy as somebody typed it; `None` after noting what can't be read.
fn read(form: &mut Form, shell: &Shell) -> Option<PolicyInput> {
    let (mut levels, mut is_read) = (Vec::new(), true);
    for fields in FIELDS {
        match read_level(form, shell, fields) {
            Some(level) => levels.extend(level),
            None => is_read = false,
        }
    }
    let smallest = decimal(form, "smallest_amount");
    let (hold_level, hold_days) = (days(form, shell, "hold_level"), days(form, shell, "hold_days"));
    let names = (form.value("name").to_owned(), form.value("currency").to_uppercase());
    let (smallest, hold_level, hold_days) = (smallest?, hold_level?, hold_days?);
    is_read.then(|| PolicyInput::new(names, smallest, levels, (hold_level, hold_days)))
}

/// The form with what is wrong with the policy, each fault at its field.
fn refused(mut form: Form, shell: &Shell, error: Error) -> Result<Form> {
    let Error::Invalid(faults) = error else {
        return form.refused(shell, error);
    };
    for fault in faults {
        let parts: Vec<_> = fault.pointer.split('/').skip(1).collect();
        let field = match parts.as_slice() {
            ["levels", place, field] => {
                let fields = place.parse::<usize>().ok().and_then(|place| FIELDS.get(place));
                let mut fields = fields.into_iter().flatten();
                fields.find(|name| name.starts_with(field)).copied()
            }
            ["levels"] => Some("days_overdue_1"),
            _ => None,
        };
        let own = parts.first().copied().unwrap_or_default().to_owned();
        let sentence = shell.say(&fault.detail);
        form.note(field.map_or(own, str::to_owned), sentence);
    }
    Ok(form)
}

/// A form for a new policy
#[get("/desk/reminder-policies/new")]
pub async fn new(desk: Desk<MayKeepBooks>) -> Result<HttpResponse> {
    one(&desk, None, None)
}

/// Adds a policy
#[post("/desk/reminder-policies/new")]
pub async fn add(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, fields: Fields) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let mut form = Form::sent(shell, fields);
    let Some(input) = read(&mut form, shell) else {
        return one(&desk, None, Some(form));
    };
    let policy = input.named(form.value("code").to_owned());
    let add = move |tx: &mut Connection| policies::add(tx, &policy, &actor, now());
    match state.db.write(add).await {
        Ok(policy) => Ok(saved(shell, &policy)),
        Err(error) => one(&desk, None, Some(refused(form, shell, error)?)),
    }
}

fn saved(shell: &Shell, policy: &Policy) -> HttpResponse {
    let text = shell.t1("reminder-policy-saved", "code", policy.code.as_str());
    see_other(PATH).flash(Tone::Ok, text).into()
}

/// One policy
#[get("/desk/reminder-policies/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ReminderPolicyId>,
) -> Result<HttpResponse> {
    let policy = state.db.read(move |connection| policies::get(connection, id)).await?;
    one(&desk, Some(&policy), None)
}

/// Changes a policy
#[post("/desk/reminder-policies/{id}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<ReminderPolicyId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, expected) = (&desk.shell, desk.staff.actor(), fields.seen());
    let mut form = Form::sent(shell, fields);
    if let Some(input) = read(&mut form, shell) {
        let change = move |tx: &mut Connection| policies::change(tx, id, &expected, &input, &actor, now());
        match state.db.write(change).await {
            Ok(policy) => return Ok(saved(shell, &policy)),
            Err(error) if error.code() == Code::NotFound => return Err(error),
            Err(error) => form = refused(form, shell, error)?,
        }
    }
    let policy = state.db.read(move |connection| policies::get(connection, id)).await?;
    one(&desk, Some(&policy), Some(form))
}
