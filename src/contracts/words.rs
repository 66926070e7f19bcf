//! Contracts in words, signs and pictures, for pages and papers.

use chrono::{Datelike, NaiveDate};

use super::documents::rate;
use super::inputs::NewCommitment;
use super::pacing::Paced;
use super::rules::pace::{Basis, Pace};
use super::rules::{About, Commitment, Contract, Kind, Period, Renewal, State};
use crate::documents::paper::ContractLine;
use crate::languages::Language;
use crate::money::{Currency, Money};
use crate::web::charts::{Caption, Lines, Meter, Series};
use crate::web::{Chip, Shape, Shell, Tone};

/// Where a contract stands.
pub fn state_chip(shell: &Shell, contract: &Contract) -> Chip {
    let (tone, shape) = match contract.state {
        State::Draft => (Tone::Neutral, Shape::Ring),
        State::Offered if contract.acceptance.is_some() => (Tone::Info, Shape::Half),
        State::Offered => (Tone::Info, Shape::Ring),
        State::Signed => (Tone::Ok, Shape::Ring),
        State::Active => (Tone::Ok, Shape::Dot),
        State::Ended => (Tone::Neutral, Shape::Dot),
        State::Terminated => (Tone::Bad, Shape::Diamond),
    };
    let text = match (contract.state, &contract.acceptance) {
        (State::Offered, Some(_)) => shell.t("contract-state-accepted"),
        (state, _) => shell.name("contract-state", state.name()),
    };
    Chip::new(tone, shape, text)
}

/// Names and what they are called, to choose from.
pub fn choices(shell: &Shell, family: &str, names: &[&str]) -> Vec<(String, String)> {
    let choice = |name: &&str| ((*name).to_owned(), shell.name(family, name));
    names.iter().map(choice).collect()
}

/// States to choose from.
pub fn states(shell: &Shell, with_drafts: bool) -> Vec<(String, String)> {
    let states = State::ALL
        .into_iter()
        .filter(|state| with_drafts || *state != State::Draft);
    let choice = |state: State| (state.name().to_owned(), shell.name("contract-state", state.name()));
    states.map(choice).collect()
}

/// A committed amount as it was given, with its currency or unit.
fn given(language: Language, commitment: &NewCommitment, currency: Currency) -> String {
    let text = language.decimal(&commitment.committed.0);
    match Kind::from_name(&commitment.kind) {
        Some(Kind::Quantity) => text,
        Some(Kind::Value) | None => format!("{text} {}", currency.code()),
    }
}

/// A commitment as a line of the paper.
pub(super) fn line(language: Language, commitment: &NewCommitment, currency: Currency) -> ContractLine {
    let kind = Kind::from_name(&commitment.kind).unwrap_or(Kind::Value);
    let name = |family: &str, name: &str| language.text(&format!("{family}-{}", name.replace('_', "-")));
    let about = match About::from_name(&commitment.scope) {
        Some(About::All) | None => name("commitment-scope", About::All.name()),
        Some(about) => format!("{} {}", name("commitment-scope", about.name()), commitment.key()),
    };
    let unit = language.text("contract-base-unit");
    let rate_text = commitment.shortfall_rate.as_ref().map(|rate| rate.0.as_str());
    ContractLine {
        code: commitment.commitment.clone(),
        about,
        period: name("commitment-period", &commitment.period),
        committed: given(language, commitment, currency),
        rate: rate(language, kind, rate_text, (currency.code(), &unit)),
    }
}

/// A commitment and how far it is, as pages show it.
#[derive(Debug)]
pub struct Told {
    pub id: String,
    pub code: String,
    pub about: String,
    pub period: String,
    pub committed: String,
    pub rate: String,
    /// The running period with its numbers, where there is one.
    pub pace: Option<ToldPace>,
}

/// How far a commitment is.
#[derive(Debug)]
pub struct ToldPace {
    pub days: String,
    pub chip: Chip,
    pub meter: Meter,
    /// Key of the text and value.
    pub facts: Vec<(&'static str, String)>,
    pub picture: Lines,
}

/// An amount of a commitment as people read it.
pub fn amount(shell: &Shell, commitment: &Commitment, minor_or_micros: i64, currency: Currency) -> String {
    match commitment.kind {
        Kind::Value => shell.money(Money::new(minor_or_micros, currency)),
        Kind::Quantity => {
            let quantity = crate::quantity::Quantity::new(minor_or_micros, super::rules::DECIMALS);
            shell.quantity(quantity, commitment.base_unit.as_deref().unwrap_or_default())
        }
    }
}

/// What counts for a commitment.
fn about(shell: &Shell, commitment: &Commitment) -> String {
    match (commitment.about, commitment.key()) {
        (About::All, _) | (_, None) => shell.name("commitment-scope", About::All.name()),
        (About::Category, Some(category)) => shell.t1("commitment-of-category", "category", category),
        (About::Sku, Some(sku)) => format!("{sku} {}", commitment.product_name.as_deref().unwrap_or_default())
            .trim()
            .to_owned(),
    }
}

/// A commitment in words, with its pace where it is measured.
pub fn told(
    shell: &Shell,
    contract: &Contract,
    commitment: &Commitment,
    pace: Option<&Pace>,
    today: NaiveDate,
) -> Told {
    let currency = contract.currency;
    let unit = shell.t("contract-base-unit");
    Told {
        id: commitment.id.to_string(),
        code: commitment.code.clone(),
        about: about(shell, commitment),
        period: shell.name("commitment-period", commitment.period.name()),
        committed: amount(shell, commitment, commitment.committed, currency),
        rate: rate(
            shell.language,
            commitment.kind,
            commitment.rate().as_deref(),
            (currency.code(), &unit),
        ),
        pace: pace.map(|pace| told_pace(shell, commitment, pace, currency, today)),
    }
}

/// The same of several that are measured.
pub fn told_all(shell: &Shell, contract: &Contract, paced: &[Paced], today: NaiveDate) -> Vec<Told> {
    let one = |paced: &Paced| told(shell, contract, &paced.commitment, Some(&paced.pace), today);
    paced.iter().map(one).collect()
}

fn pace_chip(shell: &Shell, pace: &Pace, today: NaiveDate) -> (Tone, Chip) {
    let (tone, shape, key) = if pace.fulfilled >= pace.committed {
        (Tone::Ok, Shape::Dot, "pace-fulfilled")
    } else if pace.is_over {
        (Tone::Bad, Shape::Diamond, "pace-missed")
    } else if pace.is_low(today) {
        (Tone::Bad, Shape::Diamond, "pace-low")
    } else if pace.fulfilled < pace.expected {
        (Tone::Warn, Shape::Half, "pace-behind")
    } else {
        (Tone::Ok, Shape::Ring, "pace-on")
    };
    (tone, Chip::new(tone, shape, shell.t(key)))
}

fn told_pace(shell: &Shell, commitment: &Commitment, pace: &Pace, currency: Currency, today: NaiveDate) -> ToldPace {
    let text = |value: i64| amount(shell, commitment, value, currency);
    // What is reckoned by days is told as finely as what was committed: nobody owes millionths of a screw.
    let near = |value: i64| amount(shell, commitment, commitment.told_as_finely(value), currency);
    let (tone, chip) = pace_chip(shell, pace, today);
    let finding = shell.t2(
        "pace-finding",
        "fulfilled",
        text(pace.fulfilled),
        "committed",
        text(pace.committed),
    );
    let caption = Caption::new(commitment.code.as_str(), finding.clone());
    let mut facts = vec![
        ("commitment-fulfilled", text(pace.fulfilled)),
        ("commitment-expected", near(pace.expected)),
    ];
    let forecasts = [(Basis::Linear, pace.linear), (Basis::Season, pace.season)];
    for (basis, forecast) in forecasts.into_iter().filter(|_| !pace.is_over) {
        let key = match basis {
            Basis::Linear => "pace-forecast-linear",
            Basis::Season => "pace-forecast-season",
        };
        if let Some(forecast) = forecast {
            facts.push((key, near(forecast)));
        }
    }
    facts.push(("commitment-shortfall", near(pace.shortfall)));
    if let Some(cost) = pace.cost {
        facts.push(("pace-cost", shell.money(Money::new(cost, currency))));
    }
    ToldPace {
        days: shell.t2(
            "pace-days",
            "from",
            shell.day(pace.window.from),
            "to",
            shell.day(pace.window.to),
        ),
        chip,
        meter: Meter::new(caption, pace.fulfilled.clamp(0, pace.committed), pace.committed, tone),
        facts,
        picture: picture(shell, commitment, pace, currency, finding),
    }
}

/// A day under a picture, as short as a phone needs it; of more than a year its month with the year.
fn axis_day(shell: &Shell, pace: &Pace, day: NaiveDate) -> String {
    let month = shell.t(&format!("month-short-{}", day.month()));
    match shell.language {
        _ if pace.window.days() > 366 => format!("{month} {:02}", day.year() % 100),
        Language::En => format!("{} {month}", day.day()),
        Language::De => format!("{:02}.{:02}.", day.day(), day.month()),
    }
}

/// What was bought and what should be, over the period; the second line is dashed, so that it is told without colour.
fn picture(shell: &Shell, commitment: &Commitment, pace: &Pace, currency: Currency, finding: String) -> Lines {
    let text = |value: i64| amount(shell, commitment, value, currency);
    let labels = pace
        .points
        .iter()
        .map(|(day, ..)| axis_day(shell, pace, *day))
        .collect();
    let bought = pace
        .points
        .iter()
        .filter_map(|(_, _, bought)| bought.map(|value| (value.max(0), text(value))));
    let near = |value: i64| text(commitment.told_as_finely(value));
    let expected = pace.points.iter().map(|(_, expected, _)| (*expected, near(*expected)));
    let series = vec![
        Series {
            name: shell.t("commitment-fulfilled"),
            values: bought.collect(),
        },
        Series {
            name: shell.t("pace-should"),
            values: expected.collect(),
        },
    ];
    let title = shell.t1("pace-picture", "commitment", commitment.code.as_str());
    Lines::new(
        shell,
        Caption::new(title, finding),
        shell.t("pace-until"),
        labels,
        series,
        text,
    )
}

/// What was agreed beside the commitments: key of the text and value.
pub fn facts(shell: &Shell, contract: &Contract) -> Vec<(&'static str, String)> {
    let days = |days: i32| shell.t1("contract-days", "days", days);
    let mut facts = vec![
        ("contract-valid-from", shell.day(contract.valid_from)),
        ("contract-valid-to", shell.day(contract.last_day())),
        ("word-currency", contract.currency.code().to_owned()),
    ];
    if contract.valid_to > contract.first_to {
        facts.push(("contract-first-to", shell.day(contract.first_to)));
    }
    if let Some(notice) = contract.notice_days {
        facts.push(("contract-notice", days(notice)));
        facts.push(("contract-notice-by", shell.day(contract.notice_by())));
    }
    let renewal = match (contract.renewal, contract.renewal_months) {
        (Renewal::Auto, Some(months)) => shell.t1("contract-renews-by", "months", months),
        _ => shell.t("contract-renewal-none"),
    };
    facts.push(("contract-renewal", renewal));
    if let Some(terms) = contract.payment_terms_days {
        facts.push(("word-payment-terms", days(terms)));
    }
    if let Some(from) = contract.free_freight_from {
        facts.push(("contract-free-freight", shell.money(from)));
    }
    if let Some(acceptance) = &contract.acceptance {
        let by = shell.t2(
            "contract-signed-by",
            "name",
            acceptance.name.as_str(),
            "moment",
            shell.moment(acceptance.at),
        );
        facts.push(("contract-accepted", by));
    }
    if let Some((at, name)) = &contract.signed {
        let by = shell.t2("contract-signed-by", "name", name.as_str(), "moment", shell.moment(*at));
        facts.push(("contract-countersigned", by));
    }
    if let Some(reason) = &contract.end_reason {
        facts.push(("contract-end-reason", reason.clone()));
    }
    facts
}

/// Kinds, scopes and periods to choose from.
pub fn commitment_choices(shell: &Shell) -> [Vec<(String, String)>; 3] {
    [
        choices(shell, "commitment-kind", Kind::NAMES),
        choices(shell, "commitment-scope", About::NAMES),
        choices(shell, "commitment-period", Period::NAMES),
    ]
}
