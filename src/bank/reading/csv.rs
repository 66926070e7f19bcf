//! Lists of movements with whatever columns a bank gives them: somebody says which is which. How numbers and days are written is
//! declared, or shown by one that can be read in one way only; else it is asked, never guessed.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{ENTRIES_MAX, Read, currency, iban, line, remittance};
use crate::bank::rules::{Direction, Entry, Format, Part, Statement, identity};
use crate::bank::sentences;
use crate::money::{Currency, Money};
use crate::names::names;
use crate::sheets::numbers::NumberStyle;
use crate::typed::{self, Typed};

/// Lines that may stand before the names of the columns.
const PREAMBLE_MAX: usize = 40;

names! {
    /// What a column may be.
    pub enum Column as BankColumn {
        /// When the bank booked it.
        BookedOn = "booked_on",
        ValueOn = "value_on",
        /// Below zero for what went out, unless `direction` says it.
        Amount = "amount",
        Currency = "currency",
        /// `C`, `CRDT`, `H`, `+` or `D`, `DBIT`, `S`, `-`.
        Direction = "direction",
        /// Who paid.
        Payer = "payer",
        /// From which account.
        PayerIban = "payer_iban",
        /// What they wrote; several columns may be.
        Text = "text",
        Reference = "reference",
        EndToEndId = "end_to_end_id",
        /// The bank's own reference of it.
        BankReference = "bank_reference",
    }
}

names! {
    /// In which order a day is written.
    pub enum DayOrder as DayOrder {
        DayFirst = "dmy",
        MonthFirst = "mdy",
        YearFirst = "ymd",
    }
}

/// What somebody said of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The account it is of.
    pub account: String,
    /// What all is in, where no column says so.
    pub currency: String,
    /// `amount=Betrag; booked_on=Buchungstag; …`
    pub columns: String,
    pub numbers: Option<NumberStyle>,
    pub days: Option<DayOrder>,
}

impl Mapping {
    /// True where somebody named columns.
    pub fn is_given(&self) -> bool {
        !self.columns.trim().is_empty()
    }

    /// Columns and what the file calls them.
    fn named(&self) -> Read<Vec<(Column, String)>> {
        let pairs = self
            .columns
            .split([';', '\n'])
            .map(str::trim)
            .filter(|pair| !pair.is_empty());
        let named = pairs.map(|pair| {
            let (column, name) = pair
                .split_once('=')
                .ok_or_else(|| sentences::bank_file_unknown_column(pair))?;
            let known = Column::from_name(column.trim());
            let column = known.ok_or_else(|| sentences::bank_file_unknown_column(column.trim()))?;
            Ok((column, folded(name)))
        });
        let named: Vec<_> = named.collect::<Read<_>>()?;
        for needed in [Column::BookedOn, Column::Amount] {
            if named.iter().all(|(column, _)| *column != needed) {
                return Err(sentences::bank_file_needs_column(needed.name()));
            }
        }
        Ok(named)
    }
}

fn folded(name: &str) -> String {
    name.trim().trim_matches('"').trim().to_lowercase()
}

/// A row with its line and the texts of its columns.
struct Row {
    line: u64,
    cells: Vec<(Column, String)>,
}

impl Row {
    fn get(&self, wanted: Column) -> &str {
        let found = self
            .cells
            .iter()
            .find(|(column, text)| *column == wanted && !text.is_empty());
        found.map_or("", |(_, text)| text.as_str())
    }

    /// True where the list has such a column.
    fn has(&self, wanted: Column) -> bool {
        self.cells.iter().any(|(column, _)| *column == wanted)
    }

    fn place(&self, column: Column) -> String {
        format!("{}: {}", self.line, column.name())
    }
}

/// The statements of a list, one for each currency in it.
pub fn read(text: &str, mapping: &Mapping) -> Read<Vec<Statement>> {
    let account = identity::account(&mapping.account);
    if account.is_empty() {
        return Err(sentences::bank_file_needs_account());
    }
    let rows = rows(text, &mapping.named()?)?;
    let numbers = number_style(&rows, mapping.numbers);
    let days = day_order(&rows, mapping.days);
    let mut statements: BTreeMap<&'static str, Statement> = BTreeMap::new();
    for row in &rows {
        let code = match row.get(Column::Currency) {
            "" => mapping.currency.trim(),
            code => code,
        };
        let currency = currency(&row.place(Column::Currency), code)?;
        let statement = statements.entry(currency.code()).or_insert_with(|| Statement {
            format: Format::Csv,
            account: account.clone(),
            currency,
            number: None,
            opening_minor: None,
            closing_minor: None,
            entries: Vec::new(),
            pending: 0,
        });
        let sum = u32::try_from(statement.entries.len()).unwrap_or(u32::MAX);
        statement.entries.push(entry(row, currency, numbers, days, sum)?);
    }
    Ok(statements.into_values().collect())
}

/// The rows below the line that has all the columns' names.
fn rows(text: &str, named: &[(Column, String)]) -> Read<Vec<Row>> {
    let mut missing = None;
    for sign in [b';', b',', b'\t'] {
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(sign)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut places: Option<Vec<(usize, Column)>> = None;
        let mut rows = Vec::new();
        for (count, record) in reader.records().enumerate() {
            let record = record.map_err(|error| sentences::bank_file_broken(count + 1, error))?;
            let line = record.position().map_or(0, ::csv::Position::line);
            match &places {
                None if count < PREAMBLE_MAX => {
                    let names: Vec<String> = record.iter().map(folded).collect();
                    let place = |(column, name): &(Column, String)| {
                        Some((names.iter().position(|other| other == name)?, *column))
                    };
                    let found: Vec<_> = named.iter().filter_map(place).collect();
                    if found.len() == named.len() {
                        places = Some(found);
                    } else if !found.is_empty() {
                        let lacking = named.iter().find(|(_, name)| !names.contains(name));
                        missing = lacking.map(|(_, name)| name.clone()).or(missing);
                    }
                }
                None => break,
                Some(places) => {
                    if rows.len() >= ENTRIES_MAX {
                        return Err(sentences::bank_file_too_many_entries(ENTRIES_MAX));
                    }
                    let cell = |(place, column): &(usize, Column)| {
                        (*column, record.get(*place).unwrap_or_default().trim().to_owned())
                    };
                    let row = Row {
                        line,
                        cells: places.iter().map(cell).collect(),
                    };
                    // A line of sums below has no day.
                    if !(row.get(Column::BookedOn).is_empty() && row.get(Column::Amount).is_empty()) {
                        rows.push(row);
                    }
                }
            }
        }
        if places.is_some() {
            return Ok(rows);
        }
    }
    let first = named.first().map(|(_, name)| name.clone());
    Err(sentences::bank_file_lacks_column(missing.or(first).unwrap_or_default()))
}

fn entry(row: &Row, currency: Currency, numbers: Option<NumberStyle>, days: Option<DayOrder>, sum: u32) -> Read<Entry> {
    let signed = amount(row, currency, numbers)?;
    let direction = match row.get(Column::Direction).to_uppercase().as_str() {
        "" if row.has(Column::Direction) => {
            return Err(sentences::bank_file_lacks(row.place(Column::Direction)));
        }
        "" if signed < 0 => Direction::Debit,
        "" | "C" | "CR" | "CRDT" | "CREDIT" | "H" | "HABEN" | "+" | "BIJ" | "AF/BIJ: BIJ" => Direction::Credit,
        "D" | "DR" | "DBIT" | "DEBIT" | "S" | "SOLL" | "-" | "AF" => Direction::Debit,
        other => return Err(sentences::bank_file_broken(row.place(Column::Direction), other)),
    };
    if signed < 0 && direction == Direction::Credit {
        let what = format!("{} {}", row.get(Column::Amount), row.get(Column::Direction));
        return Err(sentences::bank_file_broken(row.place(Column::Direction), what));
    }
    let minor = signed
        .checked_abs()
        .ok_or_else(|| sentences::bank_file_broken(row.place(Column::Amount), signed))?;
    let value_on = match row.get(Column::ValueOn) {
        "" => None,
        _ => Some(day(row, Column::ValueOn, days)?),
    };
    let texts = row
        .cells
        .iter()
        .filter(|(column, text)| *column == Column::Text && !text.is_empty());
    let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).collect();
    let told = |column: Column| line(row.get(column)).filter(|text| !identity::is_empty_reference(text));
    Ok(Entry {
        servicer_reference: told(Column::BankReference),
        sum_reference: told(Column::BankReference),
        booked_on: day(row, Column::BookedOn, days)?,
        value_on,
        minor,
        currency,
        direction,
        is_reversal: false,
        payer_name: line(row.get(Column::Payer)),
        payer_iban: iban(row.get(Column::PayerIban)),
        remittance: remittance(&texts.join("\n")),
        reference: told(Column::Reference),
        end_to_end_id: told(Column::EndToEndId),
        bank_code: None,
        charges_minor: 0,
        part: Part {
            sum,
            sum_minor: minor,
            place: 0,
        },
    })
}

/// The amount with a minus before it, wherever it stood.
fn turned(text: &str) -> String {
    match text.strip_suffix(['-', '\u{2212}']) {
        Some(bare) => format!("-{}", bare.trim()),
        None => text.to_owned(),
    }
}

fn amount(row: &Row, currency: Currency, style: Option<NumberStyle>) -> Read<i64> {
    let text = turned(row.get(Column::Amount));
    let place = row.place(Column::Amount);
    let plain = match typed::amount(&text, currency.code()) {
        Typed::Value(plain) => plain,
        Typed::Ambiguous(thousands, decimal) => match style {
            Some(style) if text.contains(sign_of(style)) => decimal,
            Some(_) => thousands,
            None => return Err(sentences::bank_file_number_in_two_ways(place, text)),
        },
        Typed::Missing | Typed::Bad => return Err(sentences::bank_file_broken(place, text)),
    };
    let money = Money::parse(&plain, currency).ok();
    Ok(money.ok_or_else(|| sentences::bank_file_broken(place, text))?.minor)
}

fn sign_of(style: NumberStyle) -> char {
    match style {
        NumberStyle::Point => '.',
        NumberStyle::Comma => ',',
    }
}

/// What was declared, else what an amount shows that can be read in one way only; none where the two, or two amounts, are at odds.
fn number_style(rows: &[Row], declared: Option<NumberStyle>) -> Option<NumberStyle> {
    let mut found = declared;
    for style in rows.iter().filter_map(|row| shown(row.get(Column::Amount))) {
        match found {
            Some(other) if other != style => return None,
            _ => found = Some(style),
        }
    }
    found
}

/// The decimal sign that an amount shows.
fn shown(text: &str) -> Option<NumberStyle> {
    let bare = turned(text);
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    let last = bare.rfind(['.', ','])?;
    let (before, from) = bare.split_at_checked(last)?;
    let is_point = from.starts_with('.');
    let style = |is_point: bool| {
        if is_point {
            NumberStyle::Point
        } else {
            NumberStyle::Comma
        }
    };
    let same = if is_point { '.' } else { ',' };
    let other = if is_point { ',' } else { '.' };
    match (before.contains(other), before.contains(same), digits(from)) {
        (true, ..) => Some(style(is_point)),
        (false, true, _) => Some(style(!is_point)),
        (false, false, 3) => None,
        (false, false, _) => Some(style(is_point)),
    }
}

/// Three numbers of a day, as they stand; eight digits are a year, a month and a day.
fn numbers_of(text: &str) -> Option<[&str; 3]> {
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some([text.get(..4)?, text.get(4..6)?, text.get(6..)?]);
    }
    let parts: Vec<&str> = text.split(['.', '/', '-']).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [first, second, third] if parts.iter().all(is_number) => Some([first, second, third]),
        _ => None,
    }
}

/// What was declared, else what a day shows.
fn day_order(rows: &[Row], declared: Option<DayOrder>) -> Option<DayOrder> {
    let shown = |row: &Row| {
        let text = row.get(Column::BookedOn);
        let [first, second, _] = numbers_of(text)?;
        let above = |text: &str| text.parse::<u32>().is_ok_and(|number| number > 12);
        match () {
            () if first.len() == 4 => Some(DayOrder::YearFirst),
            // Days with points have the day first, wherever they are written.
            () if text.contains('.') => Some(DayOrder::DayFirst),
            () if above(first) && !above(second) => Some(DayOrder::DayFirst),
            () if above(second) && !above(first) => Some(DayOrder::MonthFirst),
            () => None,
        }
    };
    declared.or_else(|| rows.iter().find_map(shown))
}

fn day(row: &Row, column: Column, order: Option<DayOrder>) -> Read<NaiveDate> {
    let text = row.get(column);
    let broken = || sentences::bank_file_broken(row.place(column), text);
    let [first, second, third] = numbers_of(text).ok_or_else(broken)?;
    let order = match (first.len(), order) {
        (4, _) => DayOrder::YearFirst,
        (_, Some(order)) => order,
        (_, None) if first == second => DayOrder::DayFirst,
        (_, None) => return Err(sentences::bank_file_day_in_two_ways(row.place(column), text)),
    };
    let (year, month, day) = match order {
        DayOrder::DayFirst => (third, second, first),
        DayOrder::MonthFirst => (third, first, second),
        DayOrder::YearFirst => (first, second, third),
    };
    let number = |text: &str| text.parse::<u32>().ok();
    let years = i32::try_from(number(year).ok_or_else(broken)?)
        .ok()
        .ok_or_else(broken)?;
    let years = if year.len() == 2 { 2000 + years } else { years };
    let found = NaiveDate::from_ymd_opt(
        years,
        number(month).ok_or_else(broken)?,
        number(day).ok_or_else(broken)?,
    );
    found.filter(|day| day.year() >= 1900).ok_or_else(broken)
}
