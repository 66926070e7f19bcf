//! `carriers.csv`: who carries goods, and where each tells how far a parcel is.

use super::rules::{PLACEHOLDER, is_template};
use super::store::{CarrierRow, list};
use crate::db::{Database, Stored};
use crate::error::{Code, Result};
use crate::ids::CarrierId;
use crate::keys::{self, Keyed};
use crate::limits;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet};
use crate::shipments::sentences;

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "carriers.csv",
    required: &["carrier", "name"],
    optional: &["tracking_url"],
    decimals: &[],
};

impl Row for CarrierRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        // Whether an order is right does not depend on who carries it.
        false
    }
}

/// Checks the file.
pub fn check(db: &Database, mut sheet: Sheet) -> Result<Checked> {
    let mut known: Keyed<()> = db
        .read_now(list)?
        .into_iter()
        .map(|carrier| (carrier.code, ()))
        .collect();
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| {
        let row = carrier(cells, &mut known)?;
        keys.note(cells, "carrier", row.code.clone())?;
        Some(row)
    });
    let update = sheet.brings(&[("name", "name"), ("name", "name_key"), ("tracking_url", "tracking_url")]);
    let upsert = CarrierRow::TABLE.upsert(&["code"], None, &update);
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

fn carrier(cells: &mut Cells<'_>, known: &mut Keyed<()>) -> Option<CarrierRow> {
    let code = cells.code("carrier", limits::CODE);
    let unlike = code.and_then(|code| cells.unlike("carrier", code, known));
    let name = cells.text("name", limits::NAME);
    let url = cells.optional_text("tracking_url", super::rules::URL_CHARS_MAX);
    let url = match url {
        Some(Some(url)) if !is_template(url) => {
            let detail = sentences::carrier_url(url, PLACEHOLDER);
            cells.refuse("tracking_url", Code::ValueInvalid, detail)
        }
        url => url,
    };
    let (code, name, _) = (code?, name?, unlike?);
    known.insert(code, ());
    Some(CarrierRow {
        id: CarrierId::new(),
        code: code.to_owned(),
        code_key: keys::folded(code),
        name: name.to_owned(),
        name_key: keys::folded(name),
        tracking_url: url?.map(str::to_owned),
    })
}
