//! Credit on the desk: of an account what it may owe, what it uses and why, and what holds for all accounts.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::rules::{CreditCheck, CreditPoint, InsuranceRule};
use super::{CreditInput, Defaults, Whole};
use crate::accounts::supplier_pages::{Head, Reader, choices};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Confirmed, Desk, MayLend};
use crate::ids::AccountId;
use crate::money::Money;
use crate::state::AppState;
use crate::web::{Banner, Fields, Form, Shell, Tone, see_other};

struct MemberRow {
    link: String,
    name: String,
    code: String,
    exposure: String,
    /// It is the account of the page.
    is_own: bool,
}

#[derive(Template)]
#[template(path = "accounts/templates/credit.html")]
struct CreditPage<'a> {
    shell: &'a Shell,
    head: Head,
    form: Form,
    version: i64,
    banners: Vec<Banner>,
    /// Key of the text and value.
    facts: Vec<(&'static str, String)>,
    /// What the group may owe, and what is left of it.
    group: Option<(String, String, String)>,
    members: Vec<MemberRow>,
    currency: String,
    checks: Vec<(String, String)>,
    rules: Vec<(String, String)>,
}

fn banners(shell: &Shell, whole: &Whole) -> Vec<Banner> {
    let warnings = whole.standing.warnings(whole.today);
    let banner = |warning: super::rules::CreditWarning| {
        let until = whole
            .settings
            .insured_until
            .map(|day| shell.day(day))
            .unwrap_or_default();
        let key = format!("credit-warning-{}", warning.name().replace('_', "-"));
        Banner::new(Tone::Warn, shell.t1(&key, "day", until))
    };
    warnings.into_iter().map(banner).collect()
}

fn facts(shell: &Shell, whole: &Whole) -> Vec<(&'static str, String)> {
    let money = |money: Option<Money>| money.map_or_else(|| shell.t("acct-no-limit"), |money| shell.money(money));
    let kept = &whole.settings;
    let effective = whole.effective();
    let mut facts = vec![
        ("credit-own", money(whole.account.credit_limit)),
        ("credit-usable", money(whole.usable())),
        ("credit-used", shell.money(whole.money(whole.standing.room.own.used))),
        ("credit-free", money(whole.free())),
    ];
    if let Some(minor) = kept.insured_minor {
        let about = [kept.insurer.clone(), kept.insurance_policy.clone()];
        let until = kept
            .insured_until
            .map(|day| shell.t1("credit-until", "day", shell.day(day)));
        let parts = [Some(shell.money(whole.money(minor)))]
            .into_iter()
            .chain(about)
            .chain([until])
            .flatten();
        facts.push(("credit-insured", parts.collect::<Vec<_>>().join(", ")));
        facts.push((
            "credit-insurance",
            shell.name("credit-insurance", effective.insurance.name()),
        ));
    }
    for (point, check) in [
        (CreditPoint::Order, effective.check_order),
        (CreditPoint::Acceptance, effective.check_acceptance),
        (CreditPoint::Shipment, effective.check_shipment),
    ] {
        let key = match point {
            CreditPoint::Order => "credit-check-order",
            CreditPoint::Acceptance => "credit-check-acceptance",
            CreditPoint::Shipment => "credit-check-shipment",
        };
        facts.push((key, shell.name("credit-check", check.name())));
    }
    facts
}

/// A choice that stands for what holds for all.
fn or_as_for_all(shell: &Shell, mut options: Vec<(String, String)>) -> Vec<(String, String)> {
    options.insert(0, (String::new(), shell.t("credit-as-for-all")));
    options
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: AccountId, typed: Option<Form>) -> Result<HttpResponse> {
    let whole = state
        .db
        .read(move |connection: &mut Connection| super::get(connection, id, now()))
        .await?;
    let shell = &desk.shell;
    let stored = CreditInput::of(&whole.settings, &whole.account);
    let form = typed.unwrap_or_else(|| Form::stored(shell, &stored));
    let status = form.status();
    let group = whole.group.as_ref().map(|group| {
        let left = |limit: Money| shell.money(whole.money(limit.minor.saturating_sub(group.exposure.minor)));
        let none = || shell.t("acct-no-limit");
        (
            group.limit.map_or_else(none, |limit| shell.money(limit)),
            shell.money(group.exposure),
            group.limit.map_or_else(none, left),
        )
    });
    let members = whole.group.iter().flat_map(|group| &group.members);
    let members = members.map(|member| MemberRow {
        link: format!("/desk/accounts/{}/credit", member.id),
        name: member.name.clone(),
        code: member.code.clone(),
        exposure: shell.money(whole.money(member.exposure_minor)),
        is_own: member.id == id,
    });
    let answer = CreditPage {
        shell,
        head: Head::new(desk, &whole.account, "credit"),
        version: whole.version(),
        banners: banners(shell, &whole),
        facts: facts(shell, &whole),
        group,
        members: members.collect(),
        currency: whole.account.currency.code().to_owned(),
        checks: or_as_for_all(
            shell,
            choices(shell, "credit-check", CreditCheck::NAMES.iter().copied()),
        ),
        rules: or_as_for_all(
            shell,
            choices(shell, "credit-insurance", InsuranceRule::NAMES.iter().copied()),
        ),
        form,
    };
    shell.page_with(status, &answer)
}

/// What an account may owe, what it uses and why
#[get("/desk/accounts/{id}/credit")]
pub async fn show(state: web::Data<AppState>, desk: Reader, PathId(id): PathId<AccountId>) -> Result<HttpResponse> {
    page(&state, &desk, id, None).await
}

/// Sets what holds for the credit of an account
#[post("/desk/accounts/{id}/credit")]
pub async fn set(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MayLend>>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, editor, expected) = (&desk.shell, desk.staff.editor(), fields.seen());
    let mut form = Form::sent(shell, fields);
    let Some(input) = form.input::<CreditInput>(&["group_limit", "insured_limit"]) else {
        return page(&state, &desk, id, Some(form)).await;
    };
    let write = move |tx: &mut Connection| super::set(tx, &editor, id, &expected, &input, now());
    match state.db.write(write).await {
        Ok(_) => {
            let to = see_other(format!("/desk/accounts/{id}/credit"));
            Ok(to.flash(Tone::Ok, shell.t("credit-saved")).into())
        }
        Err(error) => page(&state, &desk, id, Some(form.refused(shell, error)?)).await,
    }
}

#[derive(Template)]
#[template(path = "accounts/templates/credit_settings.html")]
struct SettingsPage<'a> {
    shell: &'a Shell,
    form: Form,
    may_edit: bool,
    checks: Vec<(String, String)>,
    rules: Vec<(String, String)>,
    /// Key of the text and value, for who changes nothing here.
    facts: Vec<(&'static str, String)>,
}

/// The form's part of what holds for all.
#[derive(Debug, Deserialize)]
struct SettingsInput {
    check_order: CreditCheck,
    check_acceptance: CreditCheck,
    check_shipment: CreditCheck,
    insurance: InsuranceRule,
}

async fn settings_page<R>(state: &AppState, desk: &Desk<R>, typed: Option<Form>) -> Result<HttpResponse> {
    let defaults = state.db.read(super::defaults).await?;
    let shell = &desk.shell;
    let values = [
        ("check_order", defaults.check_order.name()),
        ("check_acceptance", defaults.check_acceptance.name()),
        ("check_shipment", defaults.check_shipment.name()),
        ("insurance", defaults.insurance.name()),
    ];
    let form = typed.unwrap_or_else(|| Form::of(shell, values));
    let check = |check: CreditCheck| shell.name("credit-check", check.name());
    let page = SettingsPage {
        shell,
        may_edit: desk.may::<MayLend>(),
        checks: choices(shell, "credit-check", CreditCheck::NAMES.iter().copied()),
        rules: choices(shell, "credit-insurance", InsuranceRule::NAMES.iter().copied()),
        facts: vec![
            ("credit-check-order", check(defaults.check_order)),
            ("credit-check-acceptance", check(defaults.check_acceptance)),
            ("credit-check-shipment", check(defaults.check_shipment)),
            (
                "credit-insurance",
                shell.name("credit-insurance", defaults.insurance.name()),
            ),
        ],
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// What holds for the credit of all accounts
#[get("/desk/credit-settings")]
pub async fn settings(state: web::Data<AppState>, desk: Reader) -> Result<HttpResponse> {
    settings_page(&state, &desk, None).await
}

/// Sets what holds for the credit of all accounts
#[post("/desk/credit-settings")]
pub async fn set_settings(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MayLend>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, editor) = (&desk.shell, desk.staff.editor());
    let mut form = Form::sent(shell, fields);
    let Some(input) = form.input::<SettingsInput>(&[]) else {
        return settings_page(&state, &desk, Some(form)).await;
    };
    let defaults = Defaults {
        check_order: input.check_order,
        check_acceptance: input.check_acceptance,
        check_shipment: input.check_shipment,
        insurance: input.insurance,
    };
    let write = move |tx: &mut Connection| super::set_defaults(tx, &editor, &defaults, now());
    match state.db.write(write).await {
        Ok(_) => {
            let to = see_other("/desk/credit-settings");
            Ok(to.flash(Tone::Ok, shell.t("credit-saved")).into())
        }
        Err(error @ Error::Invalid(_)) => settings_page(&state, &desk, Some(form.refused(shell, error)?)).await,
        Err(error) => Err(error),
    }
}
