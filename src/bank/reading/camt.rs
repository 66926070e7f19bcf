//! ISO 20022: camt.053 (statement) and camt.054 (notification of movements).
//!
//! Sources: ISO 20022 message definitions camt.053.001.02, .04, .08 and camt.054.001.02, .04, .08; Deutsche Kreditwirtschaft,
//! Anlage 3 of the DFÜ agreement; SIX, Swiss Implementation Guidelines for Cash Management. Where versions differ: the state of an
//! entry is a text up to 07 and has a code in it from 08, parties stand in `Pty` from 07.

use chrono::NaiveDate;

use super::xml::{Node, Visit};
use super::{ENTRIES_MAX, Read, currency, iban, line, minor, remittance, xml};
use crate::bank::rules::{Direction, Entry, Format, Part, Statement};
use crate::bank::sentences;
use crate::money::Currency;

const VERSIONS: [&str; 3] = ["02", "04", "08"];
/// Codes of movements that take back what had come in: issued direct debits that are unpaid, reversed or cancelled, and received
/// transfers that are returned or cancelled (ISO 20022, External Code Sets, Bank Transaction Codes).
const RETURNED: [&str; 5] = [
    "PMNT/IDDT/UPDD",
    "PMNT/IDDT/PRDD",
    "PMNT/IDDT/RCDD",
    "PMNT/RCDT/RRTN",
    "PMNT/RCDT/RPCR",
];

/// The statements of a file.
pub fn read(text: &str) -> Read<Vec<Statement>> {
    let mut file = File::default();
    xml::read(text, &mut file)?;
    Ok(file.statements)
}

#[derive(Default)]
struct File {
    format: Option<Format>,
    statements: Vec<Statement>,
    /// Entries of the statement that is being read: they don't wait for its end.
    entries: Vec<Entry>,
    sums: u32,
    pending: u32,
    count: usize,
}

impl Visit for File {
    fn begin(&mut self, name: &str, space: &str) -> Read<()> {
        let version = space.rsplit("xsd:").next().unwrap_or(space);
        let format = match version.get(..9) {
            Some("camt.053.") => Format::Camt053,
            Some("camt.054.") => Format::Camt054,
            _ => return Err(sentences::bank_file_unknown()),
        };
        let is_known =
            version.get(9..13) == Some("001.") && version.get(13..).is_some_and(|version| VERSIONS.contains(&version));
        if name != "Document" || !is_known {
            return Err(sentences::bank_file_version(version));
        }
        self.format = Some(format);
        Ok(())
    }

    fn end(&mut self, around: &[Node], node: Node) -> Read<Option<Node>> {
        let is_inside = |name: &str| around.last().is_some_and(|node| node.name == name);
        match node.name.as_str() {
            "Ntry" if is_inside("Stmt") || is_inside("Ntfctn") => {
                self.add(&node)?;
                Ok(None)
            }
            "Stmt" | "Ntfctn" if around.len() == 2 => {
                self.close(&node)?;
                Ok(None)
            }
            _ => Ok(Some(node)),
        }
    }
}

impl File {
    fn place(&self, what: &str) -> String {
        format!("{}, Ntry {}: {what}", self.statements.len() + 1, self.sums)
    }

    /// Adds the movements of an entry: those in it, where they add up to it, else itself.
    fn add(&mut self, node: &Node) -> Read<()> {
        self.sums = self.sums.saturating_add(1);
        let state = node.text_at(&["Sts", "Cd"]).or_else(|| node.text_at(&["Sts"]));
        match state {
            Some("BOOK") => {}
            Some("PDNG" | "INFO" | "FUTR") => {
                self.pending = self.pending.saturating_add(1);
                return Ok(());
            }
            Some(other) => return Err(sentences::bank_file_broken(self.place("Sts"), other)),
            None => return Err(sentences::bank_file_lacks(self.place("Sts"))),
        }
        let sum = self.sum(node)?;
        let details: Vec<&Node> = node.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
        let parts = match details.as_slice() {
            [] => vec![sum.clone()],
            [only] => vec![with_details(sum.clone(), only)],
            several => self
                .parts(&sum, several)?
                .unwrap_or_else(|| vec![lump(sum.clone(), several)]),
        };
        self.count = self.count.saturating_add(parts.len());
        if self.count > ENTRIES_MAX {
            return Err(sentences::bank_file_too_many_entries(ENTRIES_MAX));
        }
        self.entries.extend(parts);
        Ok(())
    }

    /// The entry itself.
    fn sum(&self, node: &Node) -> Read<Entry> {
        let amount = node
            .at(&["Amt"])
            .ok_or_else(|| sentences::bank_file_lacks(self.place("Amt")))?;
        let place = self.place("Amt");
        let code = amount
            .currency
            .as_deref()
            .ok_or_else(|| sentences::bank_file_lacks(self.place("Amt/@Ccy")))?;
        let currency = currency(&place, code)?;
        let minor = minor(&place, &amount.text, currency)?;
        let booked_on = day(node.at(&["BookgDt"]));
        let value_on = day(node.at(&["ValDt"]));
        let booked_on = booked_on
            .or(value_on)
            .ok_or_else(|| sentences::bank_file_lacks(self.place("BookgDt")))?;
        let reference = node.text_at(&["AcctSvcrRef"]).and_then(line);
        let direction = self.direction(node)?;
        let is_reversal = matches!(node.text_at(&["RvslInd"]), Some("true" | "1"));
        Ok(Entry {
            servicer_reference: reference.clone(),
            sum_reference: reference,
            booked_on,
            value_on,
            minor,
            currency,
            direction,
            is_reversal: is_reversal || (direction == Direction::Debit && has_return_code(node)),
            payer_name: None,
            payer_iban: None,
            remittance: node.text_at(&["AddtlNtryInf"]).map(remittance).unwrap_or_default(),
            reference: None,
            end_to_end_id: None,
            bank_code: bank_code(node),
            charges_minor: charges(node, currency),
            part: Part {
                sum: self.sums,
                sum_minor: minor,
                place: 0,
            },
        })
    }

    fn direction(&self, node: &Node) -> Read<Direction> {
        match node.text_at(&["CdtDbtInd"]) {
            Some("CRDT") => Ok(Direction::Credit),
            Some("DBIT") => Ok(Direction::Debit),
            Some(other) => Err(sentences::bank_file_broken(self.place("CdtDbtInd"), other)),
            None => Err(sentences::bank_file_lacks(self.place("CdtDbtInd"))),
        }
    }

    /// The movements of a sum; none where they don't add up to it in its currency.
    fn parts(&self, sum: &Entry, details: &[&Node]) -> Read<Option<Vec<Entry>>> {
        let mut parts = Vec::with_capacity(details.len());
        let mut rest = i128::from(sum.signed_minor());
        for (place, node) in (0_u32..).zip(details) {
            let own = node.at(&["Amt"]).or_else(|| node.at(&["AmtDtls", "TxAmt", "Amt"]));
            let Some(own) = own.filter(|own| own.currency.as_deref() == Some(sum.currency.code())) else {
                return Ok(None);
            };
            let minor = minor(&self.place("TxDtls/Amt"), &own.text, sum.currency)?;
            let direction = match node.text_at(&["CdtDbtInd"]) {
                Some(_) => self.direction(node)?,
                None => sum.direction,
            };
            let mut part = Entry {
                minor,
                direction,
                part: Part { place, ..sum.part },
                ..sum.clone()
            };
            // What the sum says of itself is no payer's text.
            part.remittance.clear();
            part.charges_minor = 0;
            let part = with_details(part, node);
            rest -= i128::from(part.signed_minor());
            parts.push(part);
        }
        Ok((rest == 0).then_some(parts))
    }

    fn close(&mut self, node: &Node) -> Read<()> {
        let format = self.format.ok_or_else(sentences::bank_file_unknown)?;
        let place = |what: &str| format!("{} {}: {what}", node.name, self.statements.len() + 1);
        let account = node
            .at(&["Acct"])
            .ok_or_else(|| sentences::bank_file_lacks(place("Acct")))?;
        let number = account
            .text_at(&["Id", "IBAN"])
            .or_else(|| account.text_at(&["Id", "Othr", "Id"]));
        let number = number.ok_or_else(|| sentences::bank_file_lacks(place("Acct/Id")))?;
        let balances: Vec<&Node> = node.all("Bal").collect();
        let named = account.text_at(&["Ccy"]);
        let of_balance = balances
            .iter()
            .find_map(|balance| balance.at(&["Amt"])?.currency.as_deref());
        let of_entry = self.entries.first().map(|entry| entry.currency.code());
        let code = named.or(of_balance).or(of_entry);
        let code = code.ok_or_else(|| sentences::bank_file_lacks(place("Acct/Ccy")))?;
        let currency = currency(&place("Acct/Ccy"), code)?;
        if let Some(other) = self.entries.iter().find(|entry| entry.currency != currency) {
            return Err(sentences::bank_file_currency(place("Ntry/Amt"), other.currency.code()));
        }
        let statement = Statement {
            format,
            account: crate::bank::rules::identity::account(number),
            currency,
            number: node
                .text_at(&["ElctrncSeqNb"])
                .or_else(|| node.text_at(&["LglSeqNb"]))
                .or_else(|| node.text_at(&["Id"]))
                .and_then(line),
            opening_minor: balance(&balances, &["OPBD", "PRCD", "ITBD"], false, currency, &place)?,
            closing_minor: balance(&balances, &["CLBD", "ITBD"], true, currency, &place)?,
            entries: std::mem::take(&mut self.entries),
            pending: std::mem::take(&mut self.pending),
        };
        self.sums = 0;
        self.statements.push(statement);
        Ok(())
    }
}

/// The first balance, or the last, with the first of these codes that there is one of, minor units.
fn balance(
    balances: &[&Node],
    codes: &[&str],
    is_last: bool,
    currency: Currency,
    place: &dyn Fn(&str) -> String,
) -> Read<Option<i64>> {
    let of = |code: &str| {
        let mut found = balances
            .iter()
            .filter(|node| node.text_at(&["Tp", "CdOrPrtry", "Cd"]) == Some(code));
        if is_last { found.next_back() } else { found.next() }
    };
    // A page in the middle has one balance of this kind alone: of it nothing can be said.
    let is_one = |code: &str| {
        code == "ITBD"
            && balances
                .iter()
                .filter(|node| node.text_at(&["Tp", "CdOrPrtry", "Cd"]) == Some(code))
                .count()
                < 2
    };
    let Some(node) = codes.iter().find_map(|code| of(code).filter(|_| !is_one(code))) else {
        return Ok(None);
    };
    let amount = node
        .at(&["Amt"])
        .ok_or_else(|| sentences::bank_file_lacks(place("Bal/Amt")))?;
    let minor = minor(&place("Bal/Amt"), &amount.text, currency)?;
    match node.text_at(&["CdtDbtInd"]) {
        Some("CRDT") => Ok(Some(minor)),
        Some("DBIT") => Ok(Some(minor.saturating_neg())),
        other => Err(sentences::bank_file_broken(
            place("Bal/CdtDbtInd"),
            other.unwrap_or_default(),
        )),
    }
}

/// Several movements that don't add up stay one, with all that is said of them.
fn lump(sum: Entry, details: &[&Node]) -> Entry {
    let texts: Vec<String> = details
        .iter()
        .map(|node| unstructured(node))
        .filter(|text| !text.is_empty())
        .collect();
    Entry {
        remittance: remittance(&texts.join("\n")),
        ..sum
    }
}

/// The entry with what its details say.
fn with_details(entry: Entry, node: &Node) -> Entry {
    // Of money that came in the other side is the debtor, of money that went out the creditor; of what is taken back it stays.
    let came_in = (entry.direction == Direction::Credit) != is_returned(&entry, node);
    let (party, account) = if came_in {
        ("Dbtr", "DbtrAcct")
    } else {
        ("Cdtr", "CdtrAcct")
    };
    let name = |path: &str| {
        let own = node.text_at(&["RltdPties", path, "Nm"]);
        own.or_else(|| node.text_at(&["RltdPties", path, "Pty", "Nm"]))
            .and_then(line)
    };
    let ultimate = if came_in { "UltmtDbtr" } else { "UltmtCdtr" };
    let said = unstructured(node);
    let reference = node
        .all("RmtInf")
        .flat_map(|information| information.all("Strd"))
        .find_map(|one| one.text_at(&["CdtrRefInf", "Ref"]));
    let charges_minor = charges(node, entry.currency);
    Entry {
        servicer_reference: node
            .text_at(&["Refs", "AcctSvcrRef"])
            .and_then(line)
            .or_else(|| entry.servicer_reference.clone()),
        is_reversal: entry.is_reversal || is_returned(&entry, node),
        payer_name: name(party).or_else(|| name(ultimate)),
        payer_iban: node.text_at(&["RltdPties", account, "Id", "IBAN"]).and_then(iban),
        remittance: if said.is_empty() {
            entry.remittance.clone()
        } else {
            remittance(&said)
        },
        reference: reference.and_then(line),
        end_to_end_id: node.text_at(&["Refs", "EndToEndId"]).and_then(line),
        bank_code: bank_code(node).or_else(|| entry.bank_code.clone()),
        charges_minor: if charges_minor > 0 {
            charges_minor
        } else {
            entry.charges_minor
        },
        ..entry
    }
}

/// A direct debit or a transfer that came back has a reason for it, or a code that says so.
fn is_returned(entry: &Entry, node: &Node) -> bool {
    let is_marked = node.at(&["RtrInf"]).is_some() || has_return_code(node);
    entry.is_reversal || (entry.direction == Direction::Debit && is_marked)
}

/// The code of the movement is that of direct debits or of money received that came back: by ISO 20022, or by the German banks.
fn has_return_code(node: &Node) -> bool {
    let of_iso = bank_code(node).is_some_and(|code| RETURNED.contains(&code.as_str()));
    let own = node.text_at(&["BkTxCd", "Prtry", "Cd"]).unwrap_or_default();
    let mut words = own.split('+');
    of_iso || words.next() == Some("NRTI") || matches!(words.next(), Some("108" | "109"))
}

fn unstructured(node: &Node) -> String {
    let lines = node.all("RmtInf").flat_map(|information| information.all("Ustrd"));
    let lines: Vec<&str> = lines
        .map(|line| line.text.trim())
        .filter(|line| !line.is_empty())
        .collect();
    let more = node
        .all("RmtInf")
        .flat_map(|information| information.all("Strd"))
        .flat_map(|one| one.all("AddtlRmtInf"));
    let more: Vec<&str> = more
        .map(|line| line.text.trim())
        .filter(|line| !line.is_empty())
        .collect();
    [lines, more].concat().join("\n")
}

fn bank_code(node: &Node) -> Option<String> {
    let code = node.at(&["BkTxCd"])?;
    let domain = [
        code.text_at(&["Domn", "Cd"]),
        code.text_at(&["Domn", "Fmly", "Cd"]),
        code.text_at(&["Domn", "Fmly", "SubFmlyCd"]),
    ];
    let domain: Vec<&str> = domain.into_iter().flatten().collect();
    match domain.is_empty() {
        true => code.text_at(&["Prtry", "Cd"]).and_then(line),
        false => line(&domain.join("/")),
    }
}

/// What the bank kept, minor units: the total, else the sum of what it names; nothing where that can't be read or is in another currency.
fn charges(node: &Node, currency: Currency) -> i64 {
    let own = |amount: &Node| match amount.currency.as_deref() == Some(currency.code()) {
        true => minor("", &amount.text, currency).unwrap_or_default(),
        false => 0,
    };
    let total = node.all("Chrgs").find_map(|charges| charges.at(&["TtlChrgsAndTaxAmt"]));
    let records = node
        .all("Chrgs")
        .flat_map(|charges| charges.all("Rcrd").chain(std::iter::once(charges)));
    match total {
        Some(total) => own(total),
        None => records
            .filter_map(|record| record.at(&["Amt"]))
            .map(own)
            .fold(0, i64::saturating_add),
    }
}

/// A day, or the day of a moment as it stands there.
fn day(node: Option<&Node>) -> Option<NaiveDate> {
    let node = node?;
    let text = node.text_at(&["Dt"]).or_else(|| node.text_at(&["DtTm"]))?;
    text.get(..10)?.parse().ok()
}
