//! Puts the rows of the file together into orders.

use std::collections::{BTreeMap, HashMap};

use super::{FileOrder, Key};
use crate::accounts::files::accounts::Accounts;
use crate::catalogue::ArticleKey;
use crate::catalogue::products::files::Products;
use crate::error::Code;
use crate::ids::{AccountId, ProductId};
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::planning::{OrderRequest, RequestedLine};
use crate::orders::rules::head::{PO_NUMBER_CHARS_MAX, PoNumberFault, po_key, po_number_fault};
use crate::orders::rules::{OrderClass, OrderTexts, Wishes};
use crate::orders::sentences;
use crate::pricing::LineRequest;
use crate::sentences::{at_most_characters, fill_it_in};
use crate::sheets::{Cells, Keys, Sheet};

/// The largest number of a line.
const LINE_MAX: i64 = 1_000_000_000;

/// An order while its rows come in.
#[derive(Debug)]
pub(super) struct Draft {
    account_id: AccountId,
    pub(super) po_number: String,
    /// Row, article, unit, quantity by number of the line.
    pub(super) lines: BTreeMap<i64, (u64, RequestedLine)>,
    products: Vec<ProductId>,
    pub(super) is_bad: bool,
}

/// The orders of the file while its rows come in.
#[derive(Default)]
pub(super) struct Drafts {
    /// In the order of their first rows.
    pub(super) orders: Vec<Draft>,
    places: HashMap<Key, usize>,
    /// The order of each row, for rows that name none.
    of_rows: BTreeMap<u64, usize>,
}

impl Drafts {
    /// Takes a row in; none if it is bad.
    pub(super) fn take(
        &mut self,
        cells: &mut Cells<'_>,
        accounts: &Accounts,
        products: &Products,
        keys: &mut Keys<(usize, i64)>,
    ) -> Option<()> {
        let account = accounts.named(cells, "account");
        let po_number = po_number(cells);
        let place = match (account, po_number) {
            (Some(account), Some(po_number)) => Some(self.place(account.id, po_number)),
            _ => None,
        };
        if account.is_some_and(|account| account.is_closed) {
            cells.refuse::<()>("account", Code::UnknownAccount, sentences::closed_account());
        }
        let line = cells.integer("line", 1..=LINE_MAX);
        let draft = place.and_then(|place| self.orders.get_mut(place).map(|draft| (place, draft)));
        let (place, draft) = draft?;
        self.of_rows.insert(cells.line(), place);
        let once = line.and_then(|line| keys.note(cells, "line", (place, line)));
        let quantity = cells.plain_number("quantity");
        if let Some(alike) = products.alike(cells.raw("sku")) {
            cells.looks_like::<()>("sku", alike);
        }
        if cells.has_faults() || once.is_none() {
            draft.is_bad = true;
            return None;
        }
        let sku = cells.raw("sku");
        draft.products.extend(products.get(sku).map(|(_, product)| product.id));
        // Article, unit and quantity are checked where every channel's are.
        let requested = RequestedLine {
            line: LineRequest {
                key: ArticleKey::Sku(sku.to_owned()),
                unit: Some(cells.raw("unit").to_owned()),
                quantity: quantity?.into_owned(),
            },
            note: None,
            typed: None,
            choices: Wishes::default(),
        };
        draft.lines.insert(line?, (cells.line(), requested));
        Some(())
    }

    fn place(&mut self, account_id: AccountId, po_number: &str) -> usize {
        *self.places.entry((account_id, po_key(po_number))).or_insert_with(|| {
            self.orders.push(Draft {
                account_id,
                po_number: po_number.to_owned(),
                lines: BTreeMap::new(),
                products: Vec::new(),
                is_bad: false,
            });
            self.orders.len() - 1
        })
    }

    /// A row whose form is wrong spoils the order it names as far as can be told, else the order of the row before it.
    pub(super) fn mark_unreadable(&mut self, sheet: &Sheet, accounts: &Accounts) {
        for row in sheet.unreadable() {
            let account = sheet.likely_cell(row, "account");
            let po_number = sheet.likely_cell(row, "po_number");
            let place = match account.zip(po_number) {
                Some((account, po_number)) => accounts
                    .get(account)
                    .and_then(|account| self.places.get(&(account.id, po_key(po_number)))),
                None => self.of_rows.range(..row.line).next_back().map(|(_, place)| place),
            };
            if let Some(draft) = place.and_then(|place| self.orders.get_mut(*place)) {
                draft.is_bad = true;
            }
        }
    }
}

/// A purchase order number: not blank, not too long when trimmed.
fn po_number<'a>(cells: &mut Cells<'a>) -> Option<&'a str> {
    let text = cells.required("po_number")?;
    match po_number_fault(text) {
        None => Some(text),
        Some(PoNumberFault::Unfit(remedy)) => cells.refuse("po_number", Code::ValueInvalid, remedy),
        Some(PoNumberFault::Missing) => cells.refuse("po_number", Code::Required, fill_it_in()),
        Some(PoNumberFault::TooLong(_)) => {
            let remedy = at_most_characters(PO_NUMBER_CHARS_MAX);
            cells.refuse("po_number", Code::ValueTooLong, remedy)
        }
    }
}

impl Draft {
    /// What makes it one order.
    pub(super) fn key(&self) -> Key {
        (self.account_id, po_key(&self.po_number))
    }

    /// The order, its lines in the order of their numbers.
    pub(super) fn finish(self) -> FileOrder {
        let (rows, lines) = self.lines.into_values().unzip();
        FileOrder {
            account_id: self.account_id,
            request: OrderRequest {
                po_number: self.po_number,
                ship_to: None,
                requested_on: None,
                order_class: OrderClass::Standard,
                if_not_entitled: IfNotEntitled::Refuse,
                choices: Wishes::default(),
                texts: OrderTexts::default(),
                lines,
            },
            rows,
            products: self.products,
        }
    }
}
