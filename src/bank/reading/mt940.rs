//! SWIFT MT940: statements in lines of tags.
//!
//! Sources: SWIFT Standards Category 9, MT940; Deutsche Kreditwirtschaft, Anlage 3 (codes of movements; field 86 with `?20` to `?63` and the names of SEPA
//! `EREF+`, `SVWZ+`, …); ABN AMRO, ING and Rabobank, format descriptions of MT940 structured (`/EREF/…/REMI/…`).

use chrono::{Datelike, NaiveDate};

use super::{ENTRIES_MAX, Read, currency, iban, line, minor, remittance};
use crate::bank::rules::{Direction, Entry, Format, Part, Statement};
use crate::bank::sentences;
use crate::money::Currency;

/// Words of Dutch banks between strokes.
const DUTCH: [&str; 20] = [
    "TRTP", "CSID", "NAME", "MARF", "REMI", "IBAN", "BIC", "EREF", "ORDP", "BENM", "ID", "CNTP", "PURP", "ULTC",
    "ULTD", "PREF", "RTRN", "ADDR", "ISDT", "SVCL",
];
/// What German banks call direct debits that come back, in field 86.
const RETURNED: [&str; 2] = ["108", "109"];
/// Names of SEPA in field 86.
const SEPA: [&str; 12] = [
    "EREF", "KREF", "MREF", "CRED", "DEBT", "COAM", "OAMT", "SVWZ", "ABWA", "ABWE", "IBAN", "BIC",
];

/// True for text that begins like one.
pub fn is_one(text: &str) -> bool {
    let has_tag = |line: &str| line.starts_with(":20:") || line.starts_with("{1:") || line.starts_with("{4:");
    text.lines().take(12).any(|line| has_tag(line.trim_start()))
}

/// A tag, what stands behind it, and the line it begins in.
struct Field {
    tag: String,
    text: String,
    line: usize,
}

/// The statements of a file, each page by itself.
pub fn read(text: &str) -> Read<Vec<Statement>> {
    let mut pages = Vec::new();
    let mut page = Page::default();
    let mut count = 0_usize;
    for field in fields(text) {
        if field.tag == "20" {
            page.close(&mut pages)?;
        }
        count += usize::from(field.tag == "61");
        if count > ENTRIES_MAX {
            return Err(sentences::bank_file_too_many_entries(ENTRIES_MAX));
        }
        page.take(&field)?;
    }
    page.close(&mut pages)?;
    Ok(pages)
}

fn fields(text: &str) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        let line = line.rsplit_once("{4:").map_or(line, |(_, behind)| behind);
        let tagged = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
        let tag = tagged.filter(|(tag, _)| {
            matches!(tag.len(), 2 | 3)
                && tag
                    .get(..2)
                    .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        });
        match (tag, fields.last_mut()) {
            (Some((tag, text)), _) => fields.push(Field {
                tag: tag.to_owned(),
                text: text.to_owned(),
                line: number + 1,
            }),
            // The end of a message.
            (None, _) if line == "-" || line.starts_with("-}") || line.starts_with("{1:") => {}
            (None, Some(field)) => {
                field.text.push('\n');
                field.text.push_str(line);
            }
            (None, None) => {}
        }
    }
    fields
}

#[derive(Default)]
struct Page {
    account: Option<String>,
    number: Option<String>,
    opening: Option<(i64, Currency)>,
    closing: Option<i64>,
    entries: Vec<Entry>,
}

impl Page {
    fn take(&mut self, field: &Field) -> Read<()> {
        let place = format!(":{}: ({})", field.tag, field.line);
        match field.tag.as_str() {
            "25" | "25P" => {
                let first = field.text.lines().next().unwrap_or_default().trim();
                // Some banks write the currency behind the account.
                let bare = first
                    .strip_suffix("EUR")
                    .map(str::trim_end)
                    .filter(|bare| iban(bare).is_some());
                let account = german_iban(first).unwrap_or_else(|| bare.unwrap_or(first).to_owned());
                self.account = Some(crate::bank::rules::identity::account(&account));
            }
            "28" | "28C" => self.number = line(&field.text),
            "60F" | "60M" => self.opening = Some(balance(&place, &field.text)?),
            "62F" | "62M" => {
                let (closing, currency) = balance(&place, &field.text)?;
                if self.opening.is_some_and(|(_, opened)| opened != currency) {
                    return Err(sentences::bank_file_currency(place, currency.code()));
                }
                self.closing = Some(closing);
            }
            "61" => {
                let (_, currency) = self.opening.ok_or_else(|| sentences::bank_file_lacks(":60F:"))?;
                let sum = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
                self.entries.push(entry(&place, &field.text, currency, sum)?);
            }
            "86" if self.closing.is_none() => {
                if let Some(last) = self.entries.last_mut() {
                    describe(last, &field.text);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Ends the page; nothing where there was none.
    fn close(&mut self, pages: &mut Vec<Statement>) -> Read<()> {
        let page = std::mem::take(self);
        if page.account.is_none() && page.opening.is_none() && page.entries.is_empty() {
            return Ok(());
        }
        let lacks = |tag: &str| sentences::bank_file_lacks(format!("{} {tag}", pages.len() + 1));
        let account = page.account.ok_or_else(|| lacks(":25:"))?;
        let (opening, currency) = page.opening.ok_or_else(|| lacks(":60F:"))?;
        let closing = page.closing.ok_or_else(|| lacks(":62F:"))?;
        pages.push(Statement {
            format: Format::Mt940,
            account,
            currency,
            number: page.number,
            opening_minor: Some(opening),
            closing_minor: Some(closing),
            entries: page.entries,
            pending: 0,
        });
        Ok(())
    }
}

/// The IBAN of bank and account, `37040044/0532013000EUR`: so that an account is the same in every kind of file.
fn german_iban(text: &str) -> Option<String> {
    let (bank, account) = text.split_once('/')?;
    let account = account.trim_end_matches("EUR").trim();
    let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if bank.len() != 8 || account.len() > 10 || !is_plain(bank) || !is_plain(account) {
        return None;
    }
    let body = format!("{bank}{account:0>10}");
    let checks = (2..=98).map(|check| format!("DE{check:02}{body}"));
    checks.into_iter().find(|iban| crate::values::is_iban(iban))
}

/// `C261123EUR1234,56`.
fn balance(place: &str, text: &str) -> Read<(i64, Currency)> {
    let text = text.trim();
    let broken = || sentences::bank_file_broken(place, text);
    let (side, rest) = text.split_at_checked(1).ok_or_else(broken)?;
    let (date, rest) = rest.split_at_checked(6).ok_or_else(broken)?;
    day(date).ok_or_else(broken)?;
    let (code, amount) = rest.split_at_checked(3).ok_or_else(broken)?;
    let currency = currency(place, code)?;
    let minor = comma(place, amount, currency)?;
    match side {
        "C" => Ok((minor, currency)),
        "D" => Ok((minor.saturating_neg(), currency)),
        _ => Err(broken()),
    }
}

/// An amount with a comma, which it always has: `12,`, `12,5`.
fn comma(place: &str, text: &str, currency: Currency) -> Read<i64> {
    let text = text.trim();
    let broken = || sentences::bank_file_broken(place, text);
    let (whole, fraction) = text.split_once(',').ok_or_else(broken)?;
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_plain(whole) || !is_plain(fraction) {
        return Err(broken());
    }
    let plain = if fraction.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{fraction}")
    };
    minor(place, &plain, currency)
}

/// `YYMMDD`, of this century.
fn day(text: &str) -> Option<NaiveDate> {
    let number = |from: usize| text.get(from..from + 2)?.parse::<u32>().ok();
    let year = i32::try_from(number(0)?).ok()?;
    NaiveDate::from_ymd_opt(2000 + year, number(2)?, number(4)?)
}

/// `2611241124CR12,50NTRFNONREF//B4A1` and a second line of the bank's.
fn entry(place: &str, text: &str, currency: Currency, sum: u32) -> Read<Entry> {
    let (first, more) = text.split_once('\n').unwrap_or((text, ""));
    let broken = || sentences::bank_file_broken(place, first);
    let (value, rest) = first.split_at_checked(6).ok_or_else(broken)?;
    let value_on = day(value).ok_or_else(broken)?;
    let has_day = rest
        .get(..4)
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let (booked, rest) = if has_day {
        rest.split_at_checked(4).ok_or_else(broken)?
    } else {
        ("", rest)
    };
    let booked_on = if booked.is_empty() {
        value_on
    } else {
        near(value_on, booked).ok_or_else(broken)?
    };
    let marks = [
        ("RC", Direction::Debit, true),
        ("RD", Direction::Credit, true),
        ("EC", Direction::Credit, false),
        ("ED", Direction::Debit, false),
        ("C", Direction::Credit, false),
        ("D", Direction::Debit, false),
    ];
    let found = marks
        .into_iter()
        .find_map(|(mark, direction, is_reversal)| Some((rest.strip_prefix(mark)?, direction, is_reversal)));
    let (rest, direction, is_reversal) = found.ok_or_else(broken)?;
    // The third letter of the currency may stand here.
    let rest = rest
        .strip_prefix(|sign: char| sign.is_ascii_uppercase())
        .unwrap_or(rest);
    let end = rest
        .find(|sign: char| !sign.is_ascii_digit() && sign != ',')
        .ok_or_else(broken)?;
    let (amount, rest) = rest.split_at_checked(end).ok_or_else(broken)?;
    let minor = comma(place, amount, currency)?;
    let (code, references) = rest.split_at_checked(4).ok_or_else(broken)?;
    let (own, banks) = references.split_once("//").unwrap_or((references, ""));
    let told = |text: &str| line(text).filter(|text| !crate::bank::rules::identity::is_empty_reference(text));
    Ok(Entry {
        servicer_reference: told(banks),
        sum_reference: told(banks),
        booked_on,
        value_on: Some(value_on),
        minor,
        currency,
        direction,
        // `NRTI`: what comes back has the letter of every other debit, at many banks.
        is_reversal: is_reversal || (direction == Direction::Debit && code == "NRTI"),
        payer_name: None,
        payer_iban: None,
        remittance: remittance(more),
        reference: None,
        end_to_end_id: told(own),
        bank_code: line(code),
        charges_minor: 0,
        part: Part {
            sum,
            sum_minor: minor,
            place: 0,
        },
    })
}

/// The day `MMDD` that is nearest to another: around new year the two have different years.
fn near(other: NaiveDate, text: &str) -> Option<NaiveDate> {
    let month: u32 = text.get(..2)?.parse().ok()?;
    let day: u32 = text.get(2..4)?.parse().ok()?;
    let years = [other.year() - 1, other.year(), other.year() + 1];
    let days = years
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.min_by_key(|day| (*day - other).num_days().abs())
}

/// What field 86 says, in whichever form.
fn describe(entry: &mut Entry, text: &str) {
    let is_german = text.get(3..4) == Some("?")
        && text
            .get(..3)
            .is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    if is_german {
        german(entry, &text.replace('\n', ""));
    } else if text.starts_with('/') && dutch_parts(&text.replace('\n', "")).len() > 1 {
        dutch(entry, &text.replace('\n', ""));
    } else {
        entry.remittance = remittance(text);
    }
}

/// `166?00GUTSCHRIFT?20SVWZ+…?30BIC?31IBAN?32Name?33Name`.
fn german(entry: &mut Entry, text: &str) {
    let (code, rest) = text.split_at_checked(3).unwrap_or((text, ""));
    let mut said = String::new();
    let (mut name, mut account) = (String::new(), String::new());
    for part in rest.split('?').skip(1) {
        let Some((number, value)) = part.split_at_checked(2) else {
            continue;
        };
        match number {
            "20" | "21" | "22" | "23" | "24" | "25" | "26" | "27" | "28" | "29" | "60" | "61" | "62" | "63" => {
                said.push_str(value)
            }
            "31" => account.push_str(value),
            "32" | "33" => name.push_str(value),
            _ => {}
        }
    }
    entry.bank_code = line(code);
    entry.is_reversal |= entry.direction == Direction::Debit && RETURNED.contains(&code);
    entry.payer_name = line(&name);
    entry.payer_iban = iban(&account);
    let parts = sepa_parts(&said);
    let part = |wanted: &str| parts.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
    entry.payer_iban = entry.payer_iban.take().or_else(|| part("IBAN").and_then(iban));
    let own = part("EREF")
        .and_then(line)
        .filter(|text| !crate::bank::rules::identity::is_empty_reference(text));
    entry.end_to_end_id = own.or_else(|| entry.end_to_end_id.take());
    entry.remittance = remittance(match (part("SVWZ"), parts.is_empty()) {
        (Some(purpose), _) => purpose,
        (None, true) => &said,
        (None, false) => part("").unwrap_or_default(),
    });
}

/// `EREF+…SVWZ+…` as names and values; what stands before the first has no name. Nothing where no name is there.
fn sepa_parts(text: &str) -> Vec<(&str, &str)> {
    let mut starts: Vec<(usize, &str)> = SEPA
        .iter()
        .flat_map(|name| text.match_indices(*name).map(move |(at, _)| (at, *name)))
        .filter(|(at, name)| {
            text.get(at + name.len()..)
                .is_some_and(|behind| behind.starts_with('+'))
        })
        .collect();
    starts.sort_unstable();
    let mut parts = Vec::new();
    if let Some((first, _)) = starts.first() {
        parts.push(("", text.get(..*first).unwrap_or_default()));
    }
    let ends = starts
        .iter()
        .skip(1)
        .map(|(at, _)| *at)
        .chain(std::iter::once(text.len()));
    for ((at, name), end) in starts.iter().zip(ends) {
        parts.push((*name, text.get(at + name.len() + 1..end).unwrap_or_default()));
    }
    parts
}

/// `/TRTP/SEPA OVERBOEKING/IBAN/NL…/NAME/…/REMI/…/EREF/…` as names and values, which may have strokes in them.
fn dutch_parts(text: &str) -> Vec<(&str, String)> {
    let mut parts: Vec<(&str, String)> = Vec::new();
    for piece in text.split('/').skip(1) {
        let name = DUTCH.iter().find(|name| **name == piece);
        match (name, parts.last_mut()) {
            // The name of a kind of reference inside REMI.
            (Some(name), _) => parts.push((name, String::new())),
            (None, Some((_, value))) => {
                value.push('/');
                value.push_str(piece);
            }
            (None, None) => return Vec::new(),
        }
    }
    parts
}

fn dutch(entry: &mut Entry, text: &str) {
    let parts = dutch_parts(text);
    let part = |wanted: &str| {
        let found = parts
            .iter()
            .find(|(name, value)| *name == wanted && !value.trim_matches('/').trim().is_empty());
        found.map(|(_, value)| value.trim_matches('/').trim())
    };
    // ING has account, bank, name and place in one.
    let other: Vec<&str> = part("CNTP").map(|text| text.split('/').collect()).unwrap_or_default();
    entry.payer_iban = part("IBAN")
        .and_then(iban)
        .or_else(|| other.first().and_then(|text| iban(text)));
    entry.payer_name = part("NAME")
        .and_then(line)
        .or_else(|| other.get(2).and_then(|text| line(text)));
    let own = part("EREF")
        .and_then(line)
        .filter(|text| !crate::bank::rules::identity::is_empty_reference(text));
    entry.end_to_end_id = own.or_else(|| entry.end_to_end_id.take());
    entry.is_reversal |= part("RTRN").is_some() && entry.direction == Direction::Debit;
    let said = part("REMI").unwrap_or_default();
    match said.strip_prefix("STRD/") {
        Some(structured) => {
            entry.reference = structured.rsplit('/').next().and_then(line);
            entry.remittance = remittance(structured);
        }
        None => entry.remittance = remittance(said.strip_prefix("USTD/").unwrap_or(said).trim_start_matches('/')),
    }
}
