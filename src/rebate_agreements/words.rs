//! Rebates in words.

use super::rules::{Next, Scope};
use super::{Added, Agreement, Standing};
use crate::web::Shell;

/// What is counted.
pub fn about(shell: &Shell, agreement: &Agreement) -> String {
    let kept = &agreement.kept;
    match kept.scope() {
        Scope::All => shell.t("rebate-of-all"),
        Scope::Category => shell.t1("rebate-of-category", "name", kept.key().unwrap_or_default()),
        Scope::Sku => kept.key().unwrap_or_default().to_owned(),
    }
}

/// How far the next tier is and what reaching it is worth: "EUR 4,210.00 more by 31 Dec earns EUR 1,120.00".
pub fn ahead(shell: &Shell, standing: &Standing) -> Option<String> {
    let (_, to) = standing.days.filter(|(_, to)| shell.today() <= *to)?;
    Some(more(shell, standing, standing.next()?, to))
}

fn more(shell: &Shell, standing: &Standing, next: Next, to: chrono::NaiveDate) -> String {
    let money = |minor| shell.money(standing.agreement.money(minor));
    shell.language.text_with(
        "rebate-ahead",
        &[
            ("missing", money(next.missing_minor).into()),
            ("day", shell.day(to).into()),
            ("worth", money(next.worth_minor).into()),
        ],
    )
}

/// The days of a period.
pub fn days(shell: &Shell, standing: &Standing) -> String {
    match standing.days {
        Some((from, to)) => format!("{} – {}", shell.day(from), shell.day(to)),
        None => String::new(),
    }
}

/// What an order would add, once it is invoiced, and what is ahead then.
pub fn adds(shell: &Shell, added: &[Added]) -> Vec<String> {
    let sentence = |one: &Added| {
        let standing = &one.standing;
        let money = |minor| shell.money(standing.agreement.money(minor));
        let words = [
            ("turnover", money(one.turnover_minor).into()),
            ("name", standing.agreement.kept.name.clone().into()),
            ("earns", money(one.earns_minor).into()),
        ];
        let adds = shell.language.text_with("rebate-adds", &words);
        match (one.next(), standing.days) {
            (Some(next), Some((_, to))) => format!("{adds} {}.", more(shell, standing, next, to)),
            _ => adds,
        }
    };
    added.iter().map(sentence).collect()
}

/// The tiers: "from EUR 250,000.00: 2 %".
pub fn tiers(shell: &Shell, agreement: &Agreement) -> Vec<String> {
    let tier = |tier: &super::rules::Tier| {
        let threshold = shell.money(agreement.money(tier.threshold_minor));
        shell.t2(
            "rebate-tier",
            "threshold",
            threshold,
            "rate",
            shell.language.percent(tier.rate_ppm),
        )
    };
    agreement.scale.tiers.iter().map(tier).collect()
}
