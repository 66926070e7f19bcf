//! `price_lists.csv`: the lists prices stand in, and whom they are for.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::in_order;
use crate::accounts::files::accounts::{Account, Accounts};
use crate::accounts::rules::Tier;
use crate::accounts::sites::files::Sites;
use crate::contracts::files::{Contracts, Known as KnownContract};
use crate::db::schema::price_lists;
use crate::db::sets::{self, Kind, Table};
use crate::db::{Connection, Database};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, ContractId, PriceListId};
use crate::keys::Keyed;
use crate::limits;
use crate::money::Currency;
use crate::pricing::rules::{Level, Method, Scale};
use crate::pricing::sentences;
use crate::pricing::store::{FIRST_DAY, LAST_DAY};
use crate::sentences::give_tier;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "price_lists.csv",
    required: &["price_list", "name", "currency", "kind", "account"],
    optional: &[
        "tier",
        "rank",
        "valid_from",
        "valid_to",
        "site",
        "scale",
        "method",
        "contract",
    ],
    decimals: &[],
};

static TABLE: Table = Table::new(
    "price_lists",
    &[
        ("id", Kind::BigInt),
        ("code", Kind::Text),
        ("code_key", Kind::Text),
        ("name", Kind::Text),
        ("currency", Kind::Text),
        ("kind", Kind::Text),
        ("account_id", Kind::BigInt),
        ("tier", Kind::Text),
        ("rank", Kind::Integer),
        ("valid_from", Kind::Date),
        ("valid_to", Kind::Date),
        ("contract_id", Kind::BigInt),
        ("site", Kind::Text),
        ("scale", Kind::Text),
        ("method", Kind::Text),
    ],
);

const STORED: [(&str, &str); 12] = [
    ("name", "name"),
    ("currency", "currency"),
    ("kind", "kind"),
    ("account", "account_id"),
    ("tier", "tier"),
    ("rank", "rank"),
    ("valid_from", "valid_from"),
    ("valid_to", "valid_to"),
    ("contract", "contract_id"),
    ("site", "site"),
    ("scale", "scale"),
    ("method", "method"),
];

/// Ranks there are.
const RANKS: RangeInclusive<i64> = 0..=1_000_000;
/// The rank of a list that names none.
const RANK_DEFAULT: i64 = 100;

/// What other files need to know of a price list.
#[derive(Debug, Clone)]
pub struct PriceList {
    pub id: PriceListId,
    /// The account it is kept for.
    pub account_id: Option<AccountId>,
    tier: Option<Tier>,
    site: Option<String>,
    kind: String,
    rank: i64,
    currency: String,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
}

impl PriceList {
    /// True if nothing but their codes says which of two lists goes first.
    fn stands_equal_to(&self, other: &Self) -> bool {
        let place = |list: &Self| (list.account_id, list.tier, list.rank);
        let names = |list: &Self| (list.kind.clone(), list.currency.clone(), list.site.clone());
        self.id != other.id
            && place(self) == place(other)
            && names(self) == names(other)
            && self.valid_from <= other.valid_to
            && other.valid_from <= self.valid_to
    }
}

/// The stored lists, then those of the file too.
#[derive(Debug, Default)]
pub struct PriceLists {
    by_code: Keyed<PriceList>,
}

impl PriceLists {
    /// All stored lists.
    pub fn load(connection: &mut Connection) -> Result<Self> {
        type Row = (
            (PriceListId, String, Option<i64>, Option<String>, Option<String>),
            (String, i32, String),
            (NaiveDate, NaiveDate),
        );
        let rows: Vec<Row> = price_lists::table
            .select((
                (
                    price_lists::id,
                    price_lists::code,
                    price_lists::account_id,
                    price_lists::tier,
                    price_lists::site,
                ),
                (price_lists::kind, price_lists::rank, price_lists::currency),
                (price_lists::valid_from, price_lists::valid_to),
            ))
            .load(connection)?;
        let list = |(own, place, span): Row| {
            let ((id, code, account_id, tier, site), (kind, rank, currency)) = (own, place);
            let (valid_from, valid_to) = span;
            let list = PriceList {
                id,
                account_id: account_id.map(AccountId),
                tier: tier.as_deref().and_then(Tier::from_name),
                site,
                kind,
                rank: rank.into(),
                currency,
                valid_from,
                valid_to,
            };
            (code, list)
        };
        Ok(Self {
            by_code: rows.into_iter().map(list).collect(),
        })
    }

    /// True if there is a list with this code.
    pub fn has(&self, code: &str) -> bool {
        self.by_code.get(code).is_some()
    }

    /// The list with this code, or with one that is the same.
    pub fn get(&self, code: &str) -> Option<&PriceList> {
        self.by_code.get(code).map(|(_, list)| list)
    }

    /// The lists that others stand equal to, each with these.
    pub fn equals(&self) -> HashMap<PriceListId, Vec<PriceListId>> {
        let mut alike: HashMap<_, Vec<&PriceList>> = HashMap::new();
        for list in self.by_code.values() {
            let place = (
                list.account_id,
                list.tier.map(Tier::name),
                list.rank,
                list.kind.as_str(),
            );
            alike.entry(place).or_default().push(list);
        }
        let mut equals = HashMap::new();
        for lists in alike.values().filter(|lists| lists.len() > 1) {
            for list in lists {
                let others = lists.iter().filter(|other| list.stands_equal_to(other));
                let others: Vec<_> = others.map(|other| other.id).collect();
                if !others.is_empty() {
                    equals.insert(list.id, others);
                }
            }
        }
        equals
    }

    /// The list that a cell names; an unknown one is a fault.
    pub fn named<'k>(&'k self, cells: &mut Cells<'_>) -> Option<&'k PriceList> {
        let unknown = (Code::UnknownPriceList, sentences::list_not_in_file());
        cells.named("price_list", &self.by_code, unknown).map(|(_, list)| list)
    }
}

/// A list as it is stored.
#[derive(Debug, Serialize)]
pub struct ListRow {
    pub id: PriceListId,
    code: String,
    code_key: String,
    name: String,
    currency: &'static str,
    kind: &'static str,
    /// The account it is kept for.
    pub account_id: Option<AccountId>,
    #[serde(serialize_with = "tier_name")]
    tier: Option<Tier>,
    rank: i64,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    /// It applies only while this is in force.
    contract_id: Option<ContractId>,
    /// Code of the site it is for.
    site: Option<String>,
    scale: Scale,
    method: Method,
}

impl Row for ListRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, scope: &Scope) -> bool {
        self.account_id.is_none_or(|account| scope.accounts.contains(&account))
    }
}

fn tier_name<S: serde::Serializer>(tier: &Option<Tier>, serializer: S) -> Result<S::Ok, S::Error> {
    match tier {
        Some(tier) => serializer.serialize_some(tier.name()),
        None => serializer.serialize_none(),
    }
}

/// Checks the file; `known` gets its good rows.
pub fn check(db: &Database, mut sheet: Sheet, owners: Owners<'_>, known: &mut PriceLists) -> Result<Checked> {
    let mut keys = Keys::new();
    // What an absent column keeps is checked together with what the row brings.
    let keeps = ["tier", "valid_from", "valid_to", "site"].map(|column| !sheet.has(column));
    let rows = sheet.rows(|cells| list(cells, owners, known, &mut keys, keeps));
    for row in &rows {
        let list = PriceList {
            id: row.id,
            account_id: row.account_id,
            tier: row.tier,
            site: row.site.clone(),
            kind: row.kind.to_owned(),
            rank: row.rank,
            currency: row.currency.to_owned(),
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        };
        known.by_code.insert(&row.code, list);
    }
    let upsert = TABLE.upsert(&["code"], None, &sheet.brings(&STORED));
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// Checks one list that staff add or change, as a row of the file.
pub fn read(
    values: &[(&'static str, String)],
    owners: Owners<'_>,
    known: &PriceLists,
) -> Result<ListRow, Vec<FieldError>> {
    let mut keys = Keys::new();
    check_row(&LAYOUT, values, |cells| {
        list(cells, owners, known, &mut keys, [false; 4])
    })
}

/// Stores one list: a new one, or in the place of what is there under its code.
pub fn store(tx: &mut Connection, row: &ListRow) -> Result<()> {
    let columns = STORED.map(|(_, stored)| stored);
    TABLE.upsert(&["code"], None, &columns).run(tx, &sets::json(&[row])?)?;
    Ok(())
}

/// Accounts and the codes of their sites.
pub type Owners<'a> = (&'a Accounts, &'a Sites, &'a Contracts);

/// The site of its account that a list is for.
fn site(
    cells: &mut Cells<'_>,
    (kind, account): (Option<Level>, Option<Option<&Account>>),
    sites: &Sites,
    kept: Option<String>,
) -> Option<Option<String>> {
    let Some(code) = cells.given("site") else {
        return Some(kept);
    };
    match (kind?, account?) {
        (kind, None) => cells.refuse("site", Code::ValueInvalid, sentences::list_has_no_site(kind.name())),
        (_, Some(account)) if sites.get(&account.id).is_some_and(|own| own.contains(code)) => {
            Some(Some(code.to_owned()))
        }
        (_, Some(_)) => {
            let owner = cells.given("account").unwrap_or_default();
            cells.refuse("site", Code::ValueInvalid, sentences::no_site_of_account(code, owner))
        }
    }
}

/// One of a closed set; its first where the cell is empty.
fn one_of<T: Copy + Default>(
    cells: &mut Cells<'_>,
    column: &'static str,
    names: &[&str],
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    match cells.given(column) {
        None => Some(T::default()),
        Some(_) => cells.one_of(column, names).and_then(read),
    }
}

fn list(
    cells: &mut Cells<'_>,
    (accounts, sites, contracts): Owners<'_>,
    known: &PriceLists,
    keys: &mut Keys<String>,
    [keeps_tier, keeps_from, keeps_to, keeps_site]: [bool; 4],
) -> Option<ListRow> {
    let code = cells.code("price_list", limits::CODE);
    let key = code.and_then(|code| cells.unlike("price_list", code, &known.by_code));
    let once = key.clone().and_then(|key| keys.note(cells, "price_list", key));
    let stored = code.and_then(|code| known.by_code.get(code)).map(|(_, list)| list);
    let name = cells.text("name", limits::NAME);
    let currency = cells.currency("currency");
    let remedy = sentences::give_kind();
    let kind = cells.parsed("kind", Code::ValueInvalid, remedy, Level::from_name);
    let account = accounts.optionally_named(cells, "account");
    let remedy = give_tier();
    let tier = cells.optional_parsed("tier", Code::ValueInvalid, remedy, Tier::from_name);
    let tier = tier.map(|tier| stored.filter(|_| keeps_tier).map_or(tier, |stored| stored.tier));
    let owner = match (kind, account, tier) {
        (Some(kind), Some(account), Some(tier)) => owner(cells, kind, account, tier),
        _ => None,
    };
    if let (Some(currency), Some(Some(account))) = (currency, account) {
        require_currency(cells, currency, account);
    }
    let rank = cells.integer_or("rank", RANKS, RANK_DEFAULT);
    let valid_from = cells.day_or(
        "valid_from",
        stored.filter(|_| keeps_from).map_or(FIRST_DAY, |list| list.valid_from),
    );
    let valid_to = cells.day_or(
        "valid_to",
        stored.filter(|_| keeps_to).map_or(LAST_DAY, |list| list.valid_to),
    );
    let valid_to = in_order(cells, valid_from, valid_to);
    let contract = contracts.optionally_named(cells, "contract");
    let contract_id = contract.and_then(|contract| of_contract(cells, contract, kind, account.flatten()));
    let kept_site = stored.filter(|_| keeps_site).and_then(|stored| stored.site.clone());
    let site = site(cells, (kind, account), sites, kept_site);
    let scale = one_of(cells, "scale", Scale::NAMES, Scale::from_name);
    let method = one_of(cells, "method", Method::NAMES, Method::from_name);
    let (code, code_key, (account_id, tier), ()) = (code?, key?, owner?, once?);
    Some(ListRow {
        id: stored.map_or_else(PriceListId::new, |list| list.id),
        code: code.to_owned(),
        code_key,
        name: name?.to_owned(),
        currency: currency?.code(),
        kind: kind?.name(),
        account_id,
        tier,
        rank: rank?,
        valid_from: valid_from?,
        valid_to: valid_to?,
        contract_id: contract_id?,
        site: site?,
        scale: scale?,
        method: method?,
    })
}

/// The contract of a list: of kind contract alone, and of its account.
fn of_contract(
    cells: &mut Cells<'_>,
    contract: Option<&KnownContract>,
    kind: Option<Level>,
    account: Option<&Account>,
) -> Option<Option<ContractId>> {
    let Some(contract) = contract else {
        return Some(None);
    };
    match (kind, account) {
        (Some(Level::Contract), Some(account)) if contract.account_id == account.id => Some(Some(contract.id)),
        (Some(Level::Contract), Some(_)) => {
            cells.refuse("contract", Code::ValueInvalid, sentences::list_of_anothers_contract())
        }
        (Some(Level::Contract), None) | (None, _) => None,
        (Some(_), _) => cells.refuse("contract", Code::ValueInvalid, sentences::list_has_no_contract()),
    }
}

/// Whom a list of this kind is for: an account, a tier or everybody.
fn owner(
    cells: &mut Cells<'_>,
    kind: Level,
    account: Option<&Account>,
    tier: Option<Tier>,
) -> Option<(Option<AccountId>, Option<Tier>)> {
    let kind_name = kind.name();
    let wants_account = matches!(kind, Level::Account | Level::Contract);
    let wants_tier = kind == Level::Tier;
    let account = match account {
        None if wants_account => cells.refuse("account", Code::Required, sentences::list_needs_account(kind_name)),
        Some(_) if !wants_account => {
            cells.refuse("account", Code::ValueInvalid, sentences::list_has_no_account(kind_name))
        }
        fits => Some(fits.map(|account| account.id)),
    };
    let tier = match tier {
        None if wants_tier => cells.refuse("tier", Code::Required, sentences::list_needs_tier()),
        Some(_) if !wants_tier => cells.refuse("tier", Code::ValueInvalid, sentences::list_has_no_tier(kind_name)),
        fits => Some(fits),
    };
    Some((account?, tier?))
}

fn require_currency(cells: &mut Cells<'_>, currency: Currency, account: &Account) {
    if currency != account.currency {
        let remedy = sentences::account_trades_in(account.currency.code());
        cells.refuse::<()>("currency", Code::WrongCurrency, remedy);
    }
}
