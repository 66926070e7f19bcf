//! One agreement, or a new one.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::{ListParams, PATH};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayManageAccounts, MayReadDesk};
use crate::ids::RebateAgreementId;
use crate::kept::DecimalText;
use crate::rebate_agreements::inputs::{AgreementChange, NewAgreement, TierInput};
use crate::rebate_agreements::rules::{Basis, Method, Period, Scope, Settlement, TIERS_MAX};
use crate::rebate_agreements::{self, Accrued, Standing, Whole, tier_texts, words};
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

/// Accruals that the page of an agreement shows.
const ACCRUALS_SHOWN: i64 = 50;
/// Rows for tiers that a form has beyond those there are.
const MORE_TIERS: usize = 3;

/// An accrual as the page shows it.
struct AccrualLine {
    invoice_link: String,
    invoice: String,
    article: String,
    cause: String,
    turnover: String,
    accrued: String,
    /// What of it trues up what was before.
    true_up: Option<String>,
    rate: String,
}

/// A period as the page shows it.
struct PeriodLine {
    days: String,
    turnover: String,
    rate: String,
    accrued: String,
    ahead: String,
}

/// An agreement as its page tells it.
struct Shown {
    id: RebateAgreementId,
    code: String,
    version: i64,
    account_link: String,
    account: String,
    about: String,
    /// Period, method and basis.
    how: String,
    valid: String,
    accrued: String,
    settled: String,
    open: String,
    periods: Vec<PeriodLine>,
    accruals: Vec<AccrualLine>,
}

#[derive(Template)]
#[template(path = "rebate_agreements/templates/agreement.html")]
struct AgreementPage<'a> {
    shell: &'a Shell,
    /// The agreement that is changed; none for a new one.
    agreement: Option<Shown>,
    form: Form,
    may: bool,
    tiers: Vec<TierRow>,
    periods: Vec<(String, String)>,
    methods: Vec<(String, String)>,
    bases: Vec<(String, String)>,
    scopes: Vec<(String, String)>,
    ways: Vec<(String, String)>,
}

/// A row of the form for a tier: the names of its fields, and its number.
struct TierRow {
    threshold: String,
    rate: String,
    number: usize,
}

fn tier_row(place: usize) -> TierRow {
    TierRow {
        threshold: format!("threshold-{place}"),
        rate: format!("rate-{place}"),
        number: place + 1,
    }
}

fn choices(shell: &Shell, set: &str, names: &[&str]) -> Vec<(String, String)> {
    let choice = |name: &&str| ((*name).to_owned(), shell.name(set, name));
    names.iter().map(choice).collect()
}

fn shown(shell: &Shell, whole: &Whole, accruals: &[Accrued]) -> Shown {
    let (agreement, kept) = (&whole.agreement, &whole.agreement.kept);
    let money = |minor| shell.money(agreement.money(minor));
    let period = |standing: &Standing| PeriodLine {
        days: words::days(shell, standing),
        turnover: money(standing.sums.turnover_minor),
        rate: shell
            .language
            .percent(agreement.scale.rate_ppm(standing.sums.turnover_minor)),
        accrued: money(standing.sums.accrued_minor),
        ahead: words::ahead(shell, standing).unwrap_or_default(),
    };
    let line = |one: &Accrued| AccrualLine {
        invoice_link: format!("/desk/invoices/{}", one.invoice_id),
        invoice: format!("{} / {}", one.invoice, one.position),
        article: format!("{} {}", one.sku, one.name),
        cause: shell.name("rebate-cause", one.cause.name()),
        turnover: money(one.turnover_minor),
        accrued: money(one.accrued_minor),
        true_up: (one.true_up_minor != 0).then(|| shell.t1("rebate-true-up", "amount", money(one.true_up_minor))),
        rate: shell.language.percent(one.rate_ppm),
    };
    let how = [
        shell.name("rebate-period", kept.period.name()),
        shell.name("rebate-method", kept.method.name()),
        shell.name("rebate-basis", kept.basis.name()),
    ];
    let until = kept.valid_to.map(|to| shell.day(to)).unwrap_or_default();
    Shown {
        id: kept.id,
        code: kept.code.clone(),
        version: rebate_agreements::version(agreement),
        account_link: format!("/desk/accounts/{}", kept.account_id),
        account: kept.account_name.clone(),
        about: words::about(shell, agreement),
        how: how.join(", "),
        valid: format!("{} – {until}", shell.day(kept.valid_from)),
        accrued: money(whole.accrued_minor()),
        settled: money(whole.settled_minor),
        open: money(whole.open_minor()),
        periods: whole.periods.iter().map(period).collect(),
        accruals: accruals.iter().map(line).collect(),
    }
}

fn answer(shell: &Shell, found: Option<&(Whole, Vec<Accrued>)>, form: Form, may: bool) -> Result<HttpResponse> {
    let there = found.map_or(0, |(whole, _)| whole.agreement.scale.tiers.len());
    shell.page_with(
        form.status(),
        &AgreementPage {
            shell,
            agreement: found.map(|(whole, accruals)| shown(shell, whole, accruals)),
            form,
            may,
            tiers: (0..(there + MORE_TIERS).min(TIERS_MAX)).map(tier_row).collect(),
            periods: choices(shell, "rebate-period", Period::NAMES),
            methods: choices(shell, "rebate-method", Method::NAMES),
            bases: choices(shell, "rebate-basis", Basis::NAMES),
            scopes: choices(shell, "rebate-scope", Scope::NAMES),
            ways: choices(shell, "rebate-way", Settlement::NAMES),
        },
    )
}

/// The tiers that a form says; rows that are empty are none.
fn tiers(form: &mut Form) -> Vec<TierInput> {
    let mut tiers = Vec::new();
    for place in 0..TIERS_MAX {
        let names = [format!("threshold-{place}"), format!("rate-{place}")];
        if names.iter().all(|name| form.value(name).is_empty()) {
            continue;
        }
        let [threshold, rate] = names.map(|name| form.number(&name).map(DecimalText));
        if let (Some(threshold), Some(rate)) = (threshold, rate) {
            tiers.push(TierInput { threshold, rate });
        }
    }
    tiers
}

/// The form of a new agreement
#[get("/desk/rebate-agreements/new")]
pub async fn show_new(desk: Desk<MayManageAccounts>, Query(asked): Query<ListParams>) -> Result<HttpResponse> {
    let given = [
        ("account", asked.account.as_str()),
        ("period", "year"),
        ("method", "retroactive"),
        ("basis", "invoiced"),
        ("scope", "all"),
    ];
    answer(&desk.shell, None, Form::of(&desk.shell, given), true)
}

/// Agrees on a rebate
#[post("/desk/rebate-agreements/new")]
pub async fn create(state: Data<AppState>, desk: Desk<MayManageAccounts>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let tiers = tiers(&mut form);
    let days = (form.day("valid_from"), form.optional_day("valid_to"));
    if let ((Some(from), Some(to)), false) = (days, form.is_refused()) {
        let text = |name: &str| form.value(name).trim().to_owned();
        let new = NewAgreement {
            rebate: text("rebate"),
            account: text("account"),
            name: text("name"),
            currency: text("currency").to_uppercase(),
            period: text("period"),
            method: text("method"),
            basis: text("basis"),
            scope: text("scope"),
            key: form.filled("key"),
            valid_from: from.to_string(),
            valid_to: to.map(|to| to.to_string()),
            settlement: form.filled("settlement"),
            tiers,
        };
        let actor = desk.staff.actor();
        match state
            .db
            .write(move |tx: &mut Connection| rebate_agreements::add(tx, &new, &actor, now()))
            .await
        {
            Ok(agreement) => {
                let to = format!("{PATH}/{}", agreement.kept.id);
                let text = shell.t1("rebate-agreement-added", "code", agreement.kept.code);
                return Ok(see_other(to).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    answer(shell, None, form, true)
}

fn read(connection: &mut Connection, id: RebateAgreementId) -> Result<(Whole, Vec<Accrued>)> {
    let whole = rebate_agreements::get_whole(connection, id, now())?;
    let accruals = rebate_agreements::list_accruals(connection, (None, id), Walk::First, ACCRUALS_SHOWN)?;
    Ok((whole, accruals))
}

/// One agreement, to be changed
#[get("/desk/rebate-agreements/{id}")]
pub async fn show_edit(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<RebateAgreementId>,
) -> Result<HttpResponse> {
    let found = state
        .db
        .read(move |connection: &mut Connection| read(connection, id))
        .await?;
    let (shell, kept) = (&desk.shell, &found.0.agreement.kept);
    let mut values = vec![
        ("name".to_owned(), kept.name.clone()),
        ("settlement".to_owned(), kept.settlement.name().to_owned()),
        (
            "valid_to".to_owned(),
            kept.valid_to.map(|to| to.to_string()).unwrap_or_default(),
        ),
    ];
    for (place, (threshold, rate)) in tier_texts(&found.0.agreement).into_iter().enumerate() {
        values.push((format!("threshold-{place}"), threshold));
        values.push((format!("rate-{place}"), rate));
    }
    answer(
        shell,
        Some(&found),
        Form::of(shell, values),
        desk.may::<MayManageAccounts>(),
    )
}

/// Changes an agreement
#[post("/desk/rebate-agreements/{id}")]
pub async fn edit(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<RebateAgreementId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let tiers = tiers(&mut form);
    let valid_to = form.optional_day("valid_to");
    if let (Some(to), false) = (valid_to, form.is_refused()) {
        let (actor, seen) = (desk.staff.actor(), form.fields().seen());
        let wanted = AgreementChange {
            name: form.filled("name"),
            valid_to: to.map(|to| to.to_string()),
            settlement: form.filled("settlement"),
            tiers: Some(tiers),
        };
        let change = move |tx: &mut Connection| rebate_agreements::change(tx, id, &seen, &wanted, &actor, now());
        match state.db.write(change).await {
            Ok(agreement) => {
                let text = shell.t1("rebate-agreement-changed", "code", agreement.kept.code);
                return Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let found = state
        .db
        .read(move |connection: &mut Connection| read(connection, id))
        .await?;
    answer(shell, Some(&found), form, true)
}
