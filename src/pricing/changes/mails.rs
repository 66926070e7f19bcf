//! The mail that tells buyers of prices to come.

use crate::accounts::audiences::{Audiences, Wanted};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::payloads::{AnnouncedPrice, PricesAnnounced};
use crate::events::{Happened, PriceListEvent};
use crate::identity::rules::AccountRole;
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{LINES_MAX, Letter, Line, Lines, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::money::UnitPrice;
use crate::quantity::Quantity;

/// Who orders hears what it will cost.
const ORDERING: &[AccountRole] = &[AccountRole::Buyer, AccountRole::Admin];

/// The mails of events about price lists.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, &PriceListEvent)],
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (event, about) in events {
        let PriceListEvent::Announced(_) = about else { continue };
        let wanted = Wanted {
            kind: Kind::PricesAnnounced,
            roles: ORDERING,
            cause: None,
            site: None,
        };
        drafts.extend(audiences.of_account(connection, event, &wanted)?);
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(writing: &Writing, event: &Happened, about: &PriceListEvent) -> Result<Letter> {
    let PriceListEvent::Announced(announced) = about else {
        return Err(Error::internal("only prices to come are told by mail"));
    };
    let words: &[(&'static str, Argument<'_>)] = &[
        ("list", announced.price_list.as_str().into()),
        ("day", writing.day_of(&announced.effective_on).into()),
        ("count", announced.count.into()),
    ];
    Ok(Letter {
        subject: writing.text_with("mail-prices-announced-subject", words),
        headline: writing.text_with("mail-prices-announced-headline", words),
        paragraphs: vec![writing.text("mail-prices-announced-next")],
        facts: Vec::new(),
        table: Some(table(writing, announced)),
        link: Some(Link {
            label: writing.text("mail-prices-announced-link"),
            url: writing.link("/products"),
        }),
        thread: Some(event.subject()),
    })
}

fn table(writing: &Writing, announced: &PricesAnnounced) -> Lines {
    let more = announced.count.saturating_sub(announced.prices.len().min(LINES_MAX));
    Lines {
        item: writing.text("line-product"),
        columns: vec![
            writing.text("price-from"),
            writing.text("mail-prices-announced-old"),
            writing.text("mail-prices-announced-new"),
        ],
        rows: announced
            .prices
            .iter()
            .map(|price| line(writing, announced, price))
            .collect(),
        more: (more > 0).then(|| writing.text_with("mail-prices-announced-more", &[("count", more.into())])),
    }
}

fn line(writing: &Writing, announced: &PricesAnnounced, price: &AnnouncedPrice) -> Line {
    let told = |text: &str, base: i32| {
        let exponent = crate::money::Currency::from_code(&announced.currency).map_or(2, |currency| currency.exponent());
        let shown =
            UnitPrice::parse(text).map_or_else(|_| text.to_owned(), |price| writing.language.price(price, exponent));
        let unit = writing.language.unit(&price.unit, Quantity::new(base.into(), 0));
        match base {
            1 => format!("{shown} {} / {unit}", announced.currency),
            _ => format!("{shown} {} / {base} {unit}", announced.currency),
        }
    };
    let was = price.was_price.as_deref().zip(price.was_price_base);
    Line {
        name: price.name.clone(),
        number: price.sku.clone(),
        cells: vec![
            writing.quantity_of(&price.min_quantity, &price.base_unit),
            was.map_or_else(String::new, |(text, base)| told(text, base)),
            told(&price.price, price.price_base),
        ],
    }
}
