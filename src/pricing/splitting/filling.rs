//! What would fill packs, layers and the last pallet of lines that are ordered in one unit each: as much of one unit, which
//! a line can be set to.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;

use super::rules::{Goods, Level, Load, Pallets, Part, exactly, fills, load, split, targets};
use super::{request, saves};
use crate::accounts::terms::Terms;
use crate::catalogue::Articles;
use crate::catalogue::rules::{Article, SaleUnit};
use crate::db::Connection;
use crate::error::Result;
use crate::money::Money;
use crate::pricing::price_apart;
use crate::quantity::Quantity;

/// A line as it is ordered.
#[derive(Debug, Clone)]
pub struct Ordered {
    pub article: Arc<Article>,
    /// Key of the unit.
    pub unit: String,
    pub base_steps: i64,
    pub net: Money,
}

/// What would be full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Full {
    /// A pack of the line's own, or a layer of it.
    Own(Level, Box<SaleUnit>),
    /// The last pallet of all lines together, but for so many percent.
    LastPallet(i64),
}

/// A line with another quantity, with which something would be full.
#[derive(Debug, Clone)]
pub struct Offer {
    pub full: Full,
    /// The unit it is then ordered in, and how many of it.
    pub unit: SaleUnit,
    pub ordered: Quantity,
    /// How much more that is, in base units.
    pub missing: Quantity,
    pub net: Money,
    /// What all of it costs at the price it has now, less what it costs then; none where that isn't cheaper.
    pub saves: Option<Money>,
}

/// The same quantity in the best packs, where that isn't dearer.
#[derive(Debug, Clone)]
pub struct Repack {
    /// The largest packs first.
    pub parts: Vec<(SaleUnit, Quantity)>,
    pub net: Money,
    pub saves: Option<Money>,
}

/// What would fill something, by line.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    /// For each line that was asked about, in their order.
    pub repacks: Vec<Option<Repack>>,
    /// For each line that was asked about, in their order, the least first.
    pub of_lines: Vec<Vec<Offer>>,
    /// Place of a line among all, and how it would fill the last pallet; the best first.
    pub of_all: Vec<(usize, Offer)>,
}

impl Ordered {
    fn goods(&self) -> Goods<'_> {
        Goods {
            article: &self.article,
            base_steps: self.base_steps,
        }
    }
}

/// What all lines weigh and take up.
pub fn load_of(lines: &[Ordered]) -> Load {
    load(lines.iter().map(Ordered::goods))
}

/// A quantity of a line, and the units it could be ordered in.
struct Wanted<'a> {
    /// Place among all lines.
    line: usize,
    ordered: &'a Ordered,
    full: Full,
    missing: i64,
    parts: Vec<Part<'a>>,
}

impl<'a> Wanted<'a> {
    /// None where no pack of the article can be ordered so; single pieces stand in for no packs.
    fn of(line: usize, ordered: &'a Ordered, full: Full, missing: i64) -> Option<Self> {
        let article = &*ordered.article;
        let base_steps = ordered.base_steps.checked_add(missing)?;
        let is_own = |unit: &&SaleUnit| unit.unit == ordered.unit;
        let own = article.units.iter().filter(is_own);
        let packs = article.units.iter().filter(|unit| !unit.is_base && !is_own(unit));
        // Of units that cost the same the line's own goes first, then the largest.
        let units = own.chain(packs.rev());
        let parts: Vec<_> = units.filter_map(|unit| exactly(article, unit, base_steps)).collect();
        (!parts.is_empty()).then_some(Self {
            line,
            ordered,
            full,
            missing,
            parts,
        })
    }

    /// In the unit in which it costs least; none where it has no price.
    fn offer(self, nets: &[Option<Money>]) -> Option<(usize, Offer)> {
        let priced = self.parts.iter().zip(nets);
        let priced = priced.filter_map(|(part, net)| Some((part, (*net)?)));
        let (part, net) = priced.min_by_key(|(_, net)| net.minor)?;
        let ordered = self.ordered;
        let offer = Offer {
            full: self.full,
            unit: part.unit.clone(),
            ordered: part.ordered,
            missing: ordered.article.base_quantity(self.missing),
            net,
            saves: saves((ordered.net, ordered.base_steps), (net, part.base_steps)),
        };
        Some((self.line, offer))
    }
}

/// A line in the best packs, unless it is so already.
fn repacked(ordered: &Ordered) -> Option<Vec<Part<'_>>> {
    let parts = split(&ordered.article, ordered.base_steps);
    let is_so = matches!(parts.as_slice(), [only] if only.unit.unit == ordered.unit);
    (!is_so).then_some(parts)
}

fn repack(ordered: &Ordered, parts: &[Part<'_>], nets: &[Option<Money>]) -> Option<Repack> {
    let mut sum = Money::zero(ordered.net.currency);
    for net in nets {
        sum = sum.checked_add((*net)?)?;
    }
    let saves = ordered.net.minor.checked_sub(sum.minor).filter(|saves| *saves >= 0)?;
    Some(Repack {
        parts: parts.iter().map(|part| (part.unit.clone(), part.ordered)).collect(),
        net: sum,
        saves: (saves > 0).then(|| Money::new(saves, sum.currency)),
    })
}

/// The lines at `places` in the best packs, what would fill packs and layers of them, and what the last of the pallets of all. Two
/// statements, none where there is nothing to offer.
pub fn offers(
    connection: &mut Connection,
    terms: &Terms,
    (lines, pallets): (&[Ordered], Option<Pallets>),
    places: &[usize],
    on: NaiveDate,
) -> Result<Offers> {
    let own = places.iter().filter_map(|place| Some((*place, lines.get(*place)?)));
    let own = own.flat_map(|(place, ordered)| {
        let fills = fills(&ordered.article, ordered.base_steps).into_iter();
        fills.filter_map(move |fill| {
            let full = Full::Own(fill.level, Box::new(fill.unit.clone()));
            Wanted::of(place, ordered, full, fill.missing)
        })
    });
    let goods: Vec<_> = lines.iter().map(Ordered::goods).collect();
    let targets = pallets.map_or_else(Vec::new, |pallets| targets(&goods, pallets));
    let of_all = targets.iter().filter_map(|target| {
        let ordered = lines.get(target.line)?;
        let full = Full::LastPallet(target.left_percent);
        Wanted::of(target.line, ordered, full, target.missing)
    });
    let wanted: Vec<_> = own.chain(of_all).collect();
    let shown = places.iter().map(|place| lines.get(*place));
    let packed: Vec<_> = shown
        .map(|line| line.and_then(|line| Some((line, repacked(line)?))))
        .collect();
    let mut found = Offers {
        repacks: packed.iter().map(|_| None).collect(),
        of_lines: places.iter().map(|_| Vec::new()).collect(),
        of_all: Vec::new(),
    };
    let of_wanted = wanted.iter().map(|wanted| (wanted.ordered, &wanted.parts));
    let of_packed = packed.iter().flatten().map(|(ordered, parts)| (*ordered, parts));
    let asked: Vec<_> = of_wanted.chain(of_packed).collect();
    if asked.is_empty() {
        return Ok(found);
    }
    let articles = Articles::of(asked.iter().map(|(ordered, _)| &ordered.article));
    let requests = asked.iter().flat_map(|(ordered, parts)| {
        let article = &ordered.article;
        parts.iter().map(move |part| request(article, part))
    });
    let requests: Vec<_> = requests.collect();
    let priced = price_apart(connection, terms, &requests, &articles, on)?.into_iter();
    let mut nets = priced.map(|priced| Some(Money::new(priced.ok()?.priced.net_minor, terms.currency)));
    for wanted in wanted {
        let nets: Vec<_> = nets.by_ref().take(wanted.parts.len()).collect();
        let Some((line, offer)) = wanted.offer(&nets) else {
            continue;
        };
        match offer.full {
            Full::LastPallet(_) => found.of_all.push((line, offer)),
            Full::Own(..) => {
                let place = places.iter().position(|place| *place == line);
                if let Some(offers) = place.and_then(|place| found.of_lines.get_mut(place)) {
                    offers.push(offer);
                }
            }
        }
    }
    // Of those that fill it as well, what saves most goes first.
    found.of_all.sort_by_key(|(_, offer)| {
        let left = match offer.full {
            Full::LastPallet(left) => left,
            Full::Own(..) => 0,
        };
        (left, Reverse(offer.saves.map(|saves| saves.minor)))
    });
    for (packed, offer) in packed.iter().zip(&mut found.repacks) {
        if let Some((ordered, parts)) = packed {
            let nets: Vec<_> = nets.by_ref().take(parts.len()).collect();
            *offer = repack(ordered, parts, &nets);
        }
    }
    Ok(found)
}
