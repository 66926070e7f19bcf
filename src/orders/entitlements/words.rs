//! How what an account may use of the order classes is told on pages.

use super::rules::{Right, Standing};
use crate::names::sets::OrderClass;
use crate::web::Shell;

/// `2 of 4 left this month`; nothing where nobody has to be entitled.
pub fn left(shell: &Shell, standing: &Standing) -> Option<String> {
    let text = match (standing.right, standing.per_month(), standing.left()) {
        (Right::Free, ..) => return None,
        (Right::None, ..) => shell.t("entitlement-none"),
        (Right::Granted(_), Some(per_month), Some(left)) => shell.t2("entitlement-left", "left", left, "of", per_month),
        (Right::Granted(_), ..) => shell.t("entitlement-any-number"),
    };
    Some(match standing.lines_max() {
        Some(lines) => shell.t2("entitlement-and-lines", "text", text, "lines", lines),
        None => text,
    })
}

/// The classes to choose from, each with what is left of it: the least urgent first.
pub fn choices(shell: &Shell, standings: &[Standing]) -> Vec<(String, String)> {
    let choice = |class: &OrderClass| {
        let name = shell.name("order-class", class.name());
        let standing = standings.iter().find(|standing| standing.order_class == *class);
        let text = match standing.and_then(|standing| left(shell, standing)) {
            Some(left) => shell.t2("entitlement-class", "class", name, "left", left),
            None => name,
        };
        (class.name().to_owned(), text)
    };
    OrderClass::ALL.iter().rev().map(choice).collect()
}

/// Class and what is left of it, for each class that somebody is entitled to.
pub fn facts(shell: &Shell, standings: &[Standing]) -> Vec<(String, String)> {
    let fact = |standing: &Standing| {
        let left = left(shell, standing)?;
        Some((shell.name("order-class", standing.order_class.name()), left))
    };
    standings.iter().filter_map(fact).collect()
}
