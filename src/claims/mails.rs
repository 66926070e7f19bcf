//! Mails about claims: what the supplier says goes to who filed it and those who order, what the account says to its team.

use std::collections::HashMap;

use crate::accounts::audiences::{Audiences, Wanted};
use crate::accounts::correspondence::Correspondence;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::payloads::{ClaimHead, ClaimedLine};
use crate::events::{ClaimEvent, Happened};
use crate::ids::ClaimId;
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{Letter, Lines, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::names::sets::{ClaimState, Side};
use crate::orders::mails::ORDERING;
use crate::orders::mails::words::{event_line, lines};

/// The head of the claim, and whether the account hears of it; else its team does.
fn about(event: &ClaimEvent) -> (&ClaimHead, bool) {
    match event {
        ClaimEvent::Opened(opened) => (&opened.claim, false),
        ClaimEvent::Replied(replied) => (&replied.claim, replied.side == Side::Supplier),
        ClaimEvent::Decided(decided) => (&decided.claim, true),
        ClaimEvent::Settled(settled) => (&settled.claim, true),
        ClaimEvent::Withdrawn(withdrawn) => (&withdrawn.claim, false),
    }
}

/// The mails of events about claims.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, &ClaimEvent)],
) -> Result<Vec<Draft>> {
    let ids: Vec<_> = events.iter().map(|(event, _)| ClaimId(event.subject_id)).collect();
    let filers = super::store::list_filers(connection, &ids)?;
    let filers: HashMap<_, _> = filers.into_iter().map(|(id, of, person)| (id, (of, person))).collect();
    let mut drafts = Vec::new();
    for (event, claimed) in events {
        let (claim, is_for_account) = about(claimed);
        if !is_for_account {
            drafts.extend(audiences.of_team(connection, event, event.account_id, Kind::TeamClaim)?);
            continue;
        }
        let filer = filers.get(&ClaimId(event.subject_id));
        let wanted = Wanted {
            kind: Kind::ClaimAnswered,
            roles: ORDERING,
            cause: filer
                .filter(|(of, _)| Some(*of) == event.account_id)
                .and_then(|(_, person)| *person),
            site: Some(claim.ship_to.as_str()),
        };
        drafts.extend(audiences.of_account(connection, event, &wanted)?);
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(
    writing: &Writing,
    sides: &Correspondence,
    kind: Kind,
    (event, claimed): (&Happened, &ClaimEvent),
) -> Result<Letter> {
    let (claim, is_for_account) = about(claimed);
    let is_right = matches!(
        (kind, is_for_account),
        (Kind::ClaimAnswered, true) | (Kind::TeamClaim, false)
    );
    if !is_right {
        return Err(Error::internal(format!(
            "{kind} is no mail about {}",
            event.event.kind()
        )));
    }
    let (key, said, claimed_lines) = match claimed {
        ClaimEvent::Opened(opened) => ("mail-claim-opened", Some(opened.text.as_str()), opened.lines.as_slice()),
        ClaimEvent::Replied(replied) => ("mail-claim-replied", Some(replied.text.as_str()), &[][..]),
        ClaimEvent::Decided(decided) => ("mail-claim-decided", None, decided.lines.as_slice()),
        ClaimEvent::Settled(settled) => ("mail-claim-settled", settled.text.as_deref(), &[][..]),
        ClaimEvent::Withdrawn(_) => ("mail-claim-withdrawn", None, &[][..]),
    };
    let outcome = match claimed {
        ClaimEvent::Decided(decided) => writing.text(&format!("claim-state-{}", name(decided.state.name()))),
        ClaimEvent::Settled(settled) => writing.text(&format!("claim-outcome-{}", name(settled.outcome.name()))),
        _ => String::new(),
    };
    let words: &[(&'static str, Argument<'_>)] = &[
        ("number", claim.number.as_str().into()),
        ("po", claim.po_number.as_str().into()),
        ("account", sides.account_name().into()),
        ("outcome", outcome.as_str().into()),
    ];
    let place = if is_for_account { "/claims" } else { "/desk/claims" };
    let account = (!is_for_account).then(|| writing.fact("word-account", sides.account_name()));
    let made = match claimed {
        ClaimEvent::Settled(settled) => [
            writing.fact(
                "credit-note-head",
                settled.credit_note_number.clone().unwrap_or_default(),
            ),
            writing.fact(
                "claim-replacement",
                settled.replacement_number.clone().unwrap_or_default(),
            ),
        ],
        _ => [None, None],
    };
    let facts = [
        account.flatten(),
        writing.fact(
            "word-reason",
            writing.text(&format!("claim-kind-{}", name(claim.kind.name()))),
        ),
        writing.fact("word-own-number", claim.po_number.as_str()),
        writing.fact("mail-fact-order", claim.order_number.as_str()),
        writing.fact("word-delivery", claim.shipment_number.as_str()),
    ];
    let next = match claimed {
        // Nothing is made good of it.
        ClaimEvent::Decided(decided) if decided.state == ClaimState::Rejected => {
            writing.text_with("mail-claim-rejected-next", words)
        }
        _ => writing.text_with(&format!("{key}-next"), words),
    };
    let paragraphs = said.map(str::to_owned).into_iter().chain([next]);
    Ok(Letter {
        subject: writing.text_with(&format!("{key}-subject"), words),
        headline: writing.text_with(&format!("{key}-headline"), words),
        paragraphs: paragraphs.collect(),
        facts: facts.into_iter().chain(made).flatten().collect(),
        table: table(writing, claimed_lines),
        link: Some(Link {
            label: writing.text_with("mail-claim-link", words),
            url: writing.link(&format!("{place}/{}", ClaimId(event.subject_id))),
        }),
        thread: Some(claim.order_id.to_string()),
    })
}

/// The end of the key of a name's text.
fn name(name: &str) -> String {
    name.replace('_', "-")
}

fn table(writing: &Writing, claimed: &[ClaimedLine]) -> Option<Lines> {
    let is_decided = claimed.iter().any(|line| line.accepted.is_some());
    let row = |line: &ClaimedLine| {
        let quantity = |text: &str| writing.quantity_of(text, &line.unit);
        let mut cells = vec![quantity(&line.quantity)];
        if is_decided {
            cells.push(quantity(line.accepted.as_deref().unwrap_or_default()));
            cells.push(line.reason.clone().unwrap_or_default());
        }
        event_line(&line.name, &line.sku, line.customer_part_number.as_deref(), cells)
    };
    let columns: &[&str] = match is_decided {
        true => &["claim-claimed", "claim-accepted", "word-reason"],
        false => &["claim-claimed"],
    };
    (!claimed.is_empty()).then(|| lines(writing, columns, claimed.iter().map(row)))
}
