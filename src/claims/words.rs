//! Claims in words and signs, for pages.

use chrono::NaiveDate;

use super::rules::{Claim, ClaimLine, FileHead, Message, Outcome, Side, State};
use crate::web::{Chip, Shape, Shell, Tone};

/// Where a claim stands.
pub fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Open => (Tone::Info, Shape::Ring),
        State::InReview => (Tone::Info, Shape::Half),
        State::Accepted => (Tone::Ok, Shape::Ring),
        State::PartlyAccepted => (Tone::Warn, Shape::Half),
        State::Rejected => (Tone::Bad, Shape::Diamond),
        State::Settled => (Tone::Ok, Shape::Dot),
        State::Withdrawn => (Tone::Neutral, Shape::Dot),
    };
    Chip::new(tone, shape, shell.name("claim-state", state.name()))
}

/// Names and what they are called, to choose from.
pub fn kinds(shell: &Shell) -> Vec<(String, String)> {
    let kind = |kind: super::rules::Kind| (kind.name().to_owned(), shell.name("claim-kind", kind.name()));
    super::rules::Kind::ALL.into_iter().map(kind).collect()
}

/// The same of what can be wished.
pub fn outcomes(shell: &Shell) -> Vec<(String, String)> {
    let outcome = |one: Outcome| (one.name().to_owned(), shell.name("claim-outcome", one.name()));
    Outcome::ALL.into_iter().map(outcome).collect()
}

/// The same of states.
pub fn states(shell: &Shell) -> Vec<(String, String)> {
    let state = |one: State| (one.name().to_owned(), shell.name("claim-state", one.name()));
    State::ALL.into_iter().map(state).collect()
}

/// How the clock stands on the day `today` of the supplier.
pub fn clock(shell: &Shell, claim: &Claim, today: NaiveDate) -> String {
    match claim.answered_at {
        Some(at) => shell.t1("claim-answered", "moment", shell.moment(at)),
        None if claim.is_overdue(today) => shell.t1("claim-overdue", "day", shell.day(claim.answer_by)),
        None if claim.state.is_over() => String::new(),
        None => shell.t1("claim-answer-by", "day", shell.day(claim.answer_by)),
    }
}

/// A line as a page shows it.
#[derive(Debug)]
pub struct Line {
    pub number: i32,
    pub article: String,
    pub name: String,
    pub claimed: String,
    /// Empty until it is decided.
    pub accepted: String,
    /// The amount that is credited, where that is not the goods' price.
    pub net: String,
    pub reason: String,
}

/// A line as that side sees it: the account by its own number.
pub fn line(shell: &Shell, line: &ClaimLine, to: Side) -> Line {
    let decision = line.decision.as_ref();
    let own = line.customer_part_number.clone().filter(|_| to == Side::Account);
    Line {
        number: line.position,
        article: own.unwrap_or_else(|| line.sku.clone()),
        name: line.name.clone(),
        claimed: shell.quantity(line.quantity.ordered, &line.unit_code),
        accepted: decision
            .map(|one| shell.quantity(one.accepted.ordered, &line.unit_code))
            .unwrap_or_default(),
        net: decision
            .and_then(|one| one.net)
            .map(|net| shell.money(net))
            .unwrap_or_default(),
        reason: decision.and_then(|one| one.reason.clone()).unwrap_or_default(),
    }
}

/// Who said what when.
#[derive(Debug)]
pub struct Said {
    pub who: String,
    pub at: String,
    pub text: String,
}

/// A message as that side reads it: who of the supplier said it is theirs to tell.
pub fn said(shell: &Shell, claim: &Claim, message: &Message, to: Side) -> Said {
    let side = match message.side {
        Side::Account => claim.account.1.clone(),
        Side::Supplier => shell.supplier.clone(),
    };
    let author = message.author.clone();
    Said {
        who: author
            .filter(|_| to == Side::Supplier || message.side == to)
            .unwrap_or(side),
        at: shell.moment(message.written_at),
        text: message.text.clone(),
    }
}

/// A file: its address, name, size and side.
pub fn file(shell: &Shell, file: &FileHead, below: &str) -> (String, String, String) {
    let kilobytes = (file.bytes + 1_023) / 1_024;
    let size = shell.t2(
        "claim-file-size",
        "kilobytes",
        shell.language.decimal(kilobytes),
        "moment",
        shell.moment(file.added_at),
    );
    (format!("{below}/claim-files/{}", file.id), file.name.clone(), size)
}
