//! SAP's Open Catalog Interface 4.0 and 5.0: the basket goes back as fields of a form, one for each value of each line.

pub mod opening;

use super::basket::{Shown, ShownLine};
use super::returning::{Form, auxiliary, price_of};
use super::rules::prices::{of_oci, quantity_of_oci};
use super::rules::{Charset, Ended, Operation, cut};
use super::sentences;
use super::setup::PunchoutSetup;
use super::shopping::Session;
use crate::error::{Code, Error, Result};
use crate::sentences::quantity_not_above_zero;

/// What a line that comes back may ask for later: article and unit.
pub fn product_id(sku: &str, unit: &str) -> String {
    format!("{sku}|{unit}")
}

/// The reverse; the unit is left out where it was none of ours.
pub fn read_product_id(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once('|') {
        Some((sku, unit)) => (sku, Some(unit).filter(|unit| !unit.is_empty())),
        None => (text, None),
    }
}

/// The form that brings a basket back; one without lines where nothing comes.
pub fn form(session: &Session, shown: &Shown, ended: Ended) -> Result<Form> {
    let is_nothing = ended == Ended::Cancelled || session.row.operation == Operation::Inspect;
    let lines: &[ShownLine] = if is_nothing { &[] } else { &shown.lines };
    let quote = session.row.id.to_string();
    let charset = Charset::from_name(&session.row.buyer_cookie).unwrap_or_else(|| session.setup.setup.charset());
    let fields = fields(
        &session.setup.setup,
        (lines, shown.terms.currency.code()),
        &quote,
        charset,
    )?;
    Ok(Form {
        url: session.row.return_url.clone(),
        target: session.row.return_target.clone(),
        fields,
        charset: charset.name(),
    })
}

/// False for a line whose price or quantity has no form in OCI.
pub fn can_be_said(line: &ShownLine) -> bool {
    let parts = (line.article.as_ref(), line.unit.as_ref(), line.priced.as_ref());
    let (Some(article), Some(unit), Ok(priced)) = parts else {
        return false;
    };
    of_oci(&price_of(article, unit, priced)).is_some() && quantity_of_oci(priced.quantity.ordered).is_some()
}

/// The fields of lines, numbered from 1 without gaps.
pub fn fields(
    setup: &PunchoutSetup,
    (lines, currency): (&[ShownLine], &str),
    quote: &str,
    charset: Charset,
) -> Result<Vec<(String, String)>> {
    let mut fields = vec![
        ("~OkCode".to_owned(), "ADDI".to_owned()),
        ("~TARGET".to_owned(), "_top".to_owned()),
        ("~CALLER".to_owned(), "CTLG".to_owned()),
    ];
    let good = lines.iter().filter_map(|line| {
        let priced = line.priced.as_ref().ok()?;
        Some((line, line.article.as_ref()?, line.unit.as_ref()?, priced))
    });
    for (number, (line, article, unit, priced)) in (1_usize..).zip(good) {
        let Some((price, price_unit)) = of_oci(&price_of(article, unit, priced)) else {
            let detail = sentences::punchout_no_oci_price(&article.sku, &unit.name);
            return Err(Error::conflict(Code::NoPrice, detail));
        };
        let quantity = quantity_of_oci(priced.quantity.ordered)
            .ok_or_else(|| Error::conflict(Code::QuantityInvalid, quantity_not_above_zero(&line.line.quantity)))?;
        let (domain, code) = setup.classification(article.category.as_deref());
        let long = article.description.as_deref().unwrap_or(&article.name);
        let own = article.customer_part_number.as_deref().unwrap_or_default();
        // A number that is cut is another number.
        let whole = |text: &str, most: usize| {
            if text.chars().count() <= most {
                text.to_owned()
            } else {
                String::new()
            }
        };
        let product_id = product_id(&article.sku, &unit.unit);
        let values = [
            ("DESCRIPTION", cut(&article.name, 40).to_owned()),
            ("MATNR", whole(own, 40)),
            ("QUANTITY", quantity),
            ("UNIT", cut(setup.unit(&unit.unit_code), 3).to_owned()),
            ("PRICE", price),
            ("CURRENCY", cut(setup.currency(currency), 5).to_owned()),
            ("PRICEUNIT", price_unit.to_string()),
            ("LEADTIME", cut(&article.lead_time_days.to_string(), 5).to_owned()),
            ("VENDOR", setup.oci_vendor.clone().unwrap_or_default()),
            ("VENDORMAT", whole(&article.sku, 40)),
            ("MANUFACTCODE", String::new()),
            ("MANUFACTMAT", String::new()),
            ("MATGROUP", setup.oci_material_group.clone().unwrap_or_default()),
            ("SERVICE", String::new()),
            ("CONTRACT", String::new()),
            ("CONTRACT_ITEM", String::new()),
            ("EXT_QUOTE_ID", whole(quote, 35)),
            ("EXT_QUOTE_ITEM", whole(&line.line.key.to_string(), 10)),
            ("EXT_PRODUCT_ID", whole(&product_id, 40)),
            ("ATTACHMENT", String::new()),
            ("ATTACHMENT_TITLE", String::new()),
            ("ATTACHMENT_PURPOSE", String::new()),
            ("EXT_SCHEMA_TYPE", cut(domain, 10).to_owned()),
            ("EXT_CATEGORY_ID", cut(code, 60).to_owned()),
            (
                "EXT_CATEGORY",
                cut(article.category.as_deref().unwrap_or_default(), 40).to_owned(),
            ),
            ("SLD_SYS_NAME", String::new()),
            ("CUST_FIELD1", String::new()),
            ("CUST_FIELD2", String::new()),
            ("CUST_FIELD3", String::new()),
            ("CUST_FIELD4", String::new()),
            ("CUST_FIELD5", cut(&auxiliary(line.line.key, &unit.unit), 50).to_owned()),
        ];
        for (name, value) in values {
            fields.push((format!("NEW_ITEM-{name}[{number}]"), in_charset(&value, charset)));
        }
        // Of this one the number stands elsewhere.
        fields.push((format!("NEW_ITEM-LONGTEXT_{number}:132[]"), in_charset(long, charset)));
    }
    Ok(fields)
}

/// A value with the signs that the buyer's system reads: others would come as numbers.
fn in_charset(text: &str, charset: Charset) -> String {
    match charset {
        Charset::Utf8 => text.to_owned(),
        Charset::Latin1 => text
            .chars()
            .map(|sign| if u32::from(sign) <= 0xFF { sign } else { '?' })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_known_again() {
        assert_eq!(read_product_id(&product_id("A|B", "CT")), ("A|B", Some("CT")));
        assert_eq!(read_product_id("A"), ("A", None));
    }

    #[test]
    fn signs_that_latin_lacks_are_told_as_such() {
        assert_eq!(in_charset("Größe €", Charset::Latin1), "Größe ?");
        assert_eq!(in_charset("Größe €", Charset::Utf8), "Größe €");
    }
}
