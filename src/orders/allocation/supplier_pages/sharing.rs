//! How an article is shared, what of it is kept for whom, and who would get it if more arrived: parts of the page of its stock.

use chrono::NaiveDate;

use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::{Desk, MayManageAccounts, MayReadDesk};
use crate::ids::ProductId;
use crate::inventory::ProductStock;
use crate::inventory::quotas::rules::{DECIMALS, Mode, Scope, Weights};
use crate::orders::allocation::foreseeing::{Foreseen, foresee};
use crate::orders::allocation::rules::importance;
use crate::orders::quotas::{self, Drawn, Filter};
use crate::quantity::{Decimal, Quantity};
use crate::typed::{Typed, quantity};
use crate::web::Shell;
use crate::web::components::address;

/// Quotas of one article that are shown.
const QUOTAS_MAX: i64 = 100;

/// What is read for the parts.
#[derive(Debug)]
pub(super) struct Read {
    mode: (Mode, Weights),
    quotas: Vec<Drawn>,
    foreseen: Option<Foreseen>,
    today: NaiveDate,
}

/// What somebody asks: how much might arrive.
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    arrive: String,
}

impl Asked {
    /// The base steps that might arrive; what is wrong with what was typed.
    pub(super) fn steps(&self, shell: &Shell, decimals: u8) -> std::result::Result<Option<i64>, String> {
        let typed = self.arrive.trim();
        let bad = || shell.t1("line-not-a-number", "quantity", typed);
        match quantity(typed) {
            Typed::Missing => Ok(None),
            Typed::Ambiguous(..) => Err(shell.t1("line-ambiguous", "quantity", typed)),
            Typed::Bad => Err(bad()),
            Typed::Value(plain) => {
                let steps = Decimal::parse(&plain).and_then(|decimal| decimal.scaled(decimals)).ok();
                steps.filter(|steps| *steps > 0).map(Some).ok_or_else(bad)
            }
        }
    }
}

pub(super) fn read(
    connection: &mut Connection,
    product_id: ProductId,
    sku: &str,
    arriving: Option<i64>,
) -> Result<Read> {
    let today = quotas::today(connection, now())?;
    let filter = Filter {
        sku: Some(sku.to_owned()),
        ..Filter::default()
    };
    let quotas = quotas::list(connection, &filter, "".into(), QUOTAS_MAX)?;
    let foreseen = arriving.map(|steps| foresee(connection, product_id, steps, None, now()));
    Ok(Read {
        mode: quotas::mode_of(connection, product_id)?,
        quotas: quotas::with_uses(connection, quotas, today)?,
        foreseen: foreseen.transpose()?,
        today,
    })
}

/// A quota of the article.
pub(super) struct QuotaRow {
    pub(super) path: String,
    pub(super) code: String,
    pub(super) for_whom: String,
    pub(super) used: String,
    pub(super) released_on: String,
}

/// A line that would be served.
pub(super) struct ServedRow {
    pub(super) path: String,
    pub(super) number: String,
    pub(super) account: String,
    pub(super) quantity: String,
    pub(super) why: String,
}

/// The parts of the page.
pub(super) struct Sharing {
    pub(super) may: bool,
    /// Name, text, whether it is so now.
    pub(super) modes: Vec<(&'static str, String, bool)>,
    /// Of a fair share, where they are not as ever.
    pub(super) weights: String,
    pub(super) scope: &'static str,
    pub(super) quotas: Vec<QuotaRow>,
    pub(super) new_quota: String,
    /// What was typed.
    pub(super) arrive: String,
    pub(super) fault: String,
    pub(super) served: Option<Vec<ServedRow>>,
    /// What would be free behind it.
    pub(super) left: String,
}

fn quota_row(shell: &Shell, drawn: &Drawn) -> QuotaRow {
    let amount = |micros| shell.language.quantity(Quantity::new(micros, DECIMALS));
    let tier = || {
        drawn
            .kept
            .tier
            .map(|tier| shell.t1("quota-of-tier", "tier", shell.name("tier", tier.name())))
    };
    QuotaRow {
        path: format!("/desk/quotas/{}", drawn.kept.id),
        code: drawn.kept.code.clone(),
        for_whom: drawn.kept.account_name.clone().or_else(tier).unwrap_or_default(),
        used: shell.t2(
            "quota-drawn-of",
            "drawn",
            amount(drawn.drawn_micros),
            "quantity",
            amount(drawn.kept.quantity_micros),
        ),
        released_on: shell.day(drawn.released_on),
    }
}

/// The parts as `desk` may see them.
pub(super) fn parts(
    desk: &Desk<MayReadDesk>,
    product: &ProductStock,
    zone: chrono_tz::Tz,
    asked: &Asked,
    read: &Read,
    fault: String,
) -> Sharing {
    let shell = &desk.shell;
    let amount = |steps| shell.quantity(product.quantity(steps), &product.base_unit);
    let served = read.foreseen.as_ref().map(|foreseen| {
        let row = |(line, share): (&super::Waiting, &crate::orders::allocation::rules::Share)| {
            let head = foreseen.heads.get(&line.rank.order_id);
            let since = day_in(zone, line.rank.queued_at);
            let rank = &line.rank;
            let why = importance(rank.tier, rank.order_class, rank.requested_on, since, read.today);
            ServedRow {
                path: format!("/desk/orders/{}", rank.order_id),
                number: head.map(|head| head.order.number.to_string()).unwrap_or_default(),
                account: head.map(|head| head.account.name.clone()).unwrap_or_default(),
                quantity: amount(share.quantity),
                why: shell.say(&why),
            }
        };
        foreseen.decision.served().map(row).collect()
    });
    let mode = |mode: &Mode| {
        let text = shell.name("quota-mode", mode.name());
        (mode.name(), text, *mode == read.mode.0)
    };
    Sharing {
        may: desk.may::<MayManageAccounts>(),
        modes: Mode::ALL.iter().map(mode).collect(),
        weights: match read.mode.1.is_default() {
            true => String::new(),
            false => read.mode.1.to_string(),
        },
        scope: Scope::Sku.name(),
        quotas: read.quotas.iter().map(|drawn| quota_row(shell, drawn)).collect(),
        new_quota: address("/desk/quotas/new", [("sku", product.sku.as_str())]),
        arrive: asked.arrive.clone(),
        fault,
        served,
        left: read
            .foreseen
            .as_ref()
            .map(|foreseen| amount(foreseen.left))
            .unwrap_or_default(),
    }
}
