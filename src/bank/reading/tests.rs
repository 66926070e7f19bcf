//! Files as banks write them, and as nobody should.

use super::*;
use crate::bank::rules::{Direction, Entry, Format, identity};
use crate::sheets::numbers::NumberStyle;
use proptest::prelude::*;

mod movements;

fn read_text(text: &str) -> Vec<Statement> {
    read(text.as_bytes(), &csv::Mapping::default()).unwrap_or_else(|fault| panic!("{fault}\n{text}"))
}

fn refused(text: &str) -> String {
    read(text.as_bytes(), &csv::Mapping::default())
        .expect_err(text)
        .name()
        .to_owned()
}

/// A statement of two movements, in the form of a version.
fn camt053(version: &str) -> String {
    let (state, open, close) = match version {
        "08" => ("<Sts><Cd>BOOK</Cd></Sts>", "<Pty>", "</Pty>"),
        _ => ("<Sts>BOOK</Sts>", "", ""),
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr>
<Stmt><Id>S1</Id><ElctrncSeqNb>17</ElctrncSeqNb><Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-23</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">216.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-24</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">121.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>{state}<BookgDt><Dt>2026-11-24</Dt></BookgDt><ValDt><Dt>2026-11-24</Dt></ValDt>
<AcctSvcrRef>REF-1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs>
<RltdPties><Dbtr>{open}<Nm>Gold &amp; Works B.V.</Nm>{close}</Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>Invoice 2026-0000</Ustrd><Ustrd>42</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">4.50</Amt><CdtDbtInd>DBIT</CdtDbtInd>{state}<BookgDt><DtTm>2026-11-24T08:00:00+01:00</DtTm></BookgDt>
<AcctSvcrRef>REF-2</AcctSvcrRef><AddtlNtryInf>Account fee</AddtlNtryInf></Ntry>
</Stmt></BkToCstmrStmt></Document>"#
    )
}

#[test]
fn a_statement_is_read_in_each_version() {
    for version in ["02", "04", "08"] {
        let statements = read_text(&camt053(version));
        let [statement] = statements.as_slice() else {
            panic!("{statements:?}")
        };
        assert_eq!(
            (statement.format, statement.account.as_str()),
            (Format::Camt053, "NL91ABNA0417164300")
        );
        assert_eq!(
            (
                statement.number.as_deref(),
                statement.opening_minor,
                statement.closing_minor
            ),
            (Some("17"), Some(10_000), Some(21_650))
        );
        let [came, went] = statement.entries.as_slice() else {
            panic!("{statement:?}")
        };
        assert_eq!(
            (came.minor, came.direction, came.booked_on.to_string().as_str()),
            (12_100, Direction::Credit, "2026-11-24")
        );
        assert_eq!(came.payer_name.as_deref(), Some("Gold & Works B.V."), "{version}");
        assert_eq!(came.payer_iban.as_deref(), Some("DE89370400440532013000"));
        assert_eq!(came.remittance, "Invoice 2026-0000\n42");
        assert_eq!(
            (came.end_to_end_id.as_deref(), came.bank_code.as_deref()),
            (Some("E2E-1"), Some("PMNT/RCDT/ESCT"))
        );
        assert_eq!(
            (went.minor, went.direction, went.remittance.as_str()),
            (450, Direction::Debit, "Account fee")
        );
    }
}

#[test]
fn a_statement_that_does_not_add_up_is_refused() {
    for version in ["02", "08"] {
        assert_eq!(
            refused(&camt053(version).replace("216.50", "216.51")),
            "bank_file_unbalanced"
        );
        assert_eq!(
            refused(&camt053(version).replace(">121.00", ">120.00")),
            "bank_file_unbalanced"
        );
    }
    let fault = read(
        camt053("02").replace("216.50", "216.51").as_bytes(),
        &csv::Mapping::default(),
    )
    .expect_err("refused");
    let said = fault.to_string();
    assert!(
        said.contains("NL91ABNA0417164300") && said.contains("216.51") && said.contains("216.50"),
        "{said}"
    );
}

/// A sum of three with its parts, as a notification has it.
fn camt054(parts: [&str; 3], returned: &str) -> String {
    let part = |(place, amount): (usize, &&str)| {
        format!(
            r#"<TxDtls><Refs><AcctSvcrRef>T-{place}</AcctSvcrRef><EndToEndId>E-{place}</EndToEndId></Refs><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
            <RmtInf><Strd><CdtrRefInf><Ref>RF02202600004{place}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"#
        )
    };
    let parts: String = parts.iter().enumerate().map(part).collect();
    format!(
        r#"<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>N1</Id>
        <Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></Acct>
        <Ntry><Amt Ccy="EUR">60.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt>
        <AcctSvcrRef>SUM-1</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>4294967295</NbOfTxs></Btch>{parts}</NtryDtls></Ntry>
        <Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt>
        <NtryDtls><TxDtls><Refs><EndToEndId>E-9</EndToEndId></Refs>{returned}</TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>
        </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"#
    )
}

#[test]
fn a_sum_is_its_parts_where_they_add_up_and_what_came_back_is_told() {
    let returned = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>";
    let statements = read_text(&camt054(["10.00", "20.00", "30.00"], returned));
    let entries = &statements[0].entries;
    let amounts: Vec<_> = entries.iter().map(|entry| (entry.minor, entry.part.place)).collect();
    assert_eq!(amounts, [(1_000, 0), (2_000, 1), (3_000, 2), (900, 0)]);
    assert_eq!(entries[1].servicer_reference.as_deref(), Some("T-1"));
    assert_eq!(entries[1].reference.as_deref(), Some("RF022026000041"));
    assert!(entries[3].takes_back() && entries[3].end_to_end_id.as_deref() == Some("E-9"));
    assert_eq!(statements[0].pending, 1);
    // The sum stands for parts that don't add up.
    let odd = read_text(&camt054(["10.00", "20.00", "30.01"], ""));
    let amounts: Vec<_> = odd[0].entries.iter().map(|entry| entry.minor).collect();
    assert_eq!(amounts, [6_000, 900]);
    assert!(!odd[0].entries[1].takes_back());
}

#[test]
fn entities_other_versions_and_broken_files_are_refused() {
    let good = camt053("02");
    for (text, fault) in [
        ("", "bank_file_unknown"),
        ("hello", "bank_file_unknown"),
        ("<html></html>", "bank_file_unknown"),
        (
            "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"/>",
            "bank_file_unknown",
        ),
        (good.replace("053.001.02", "053.001.99").as_str(), "bank_file_version"),
        (
            good.replace("<Document", "<!DOCTYPE d [<!ENTITY x \"y\">]><Document")
                .as_str(),
            "bank_file_declares",
        ),
        (good.replace("Account fee", "&x;").as_str(), "bank_file_declares"),
        (good.replace("121.00", "12x").as_str(), "bank_file_broken"),
        (good.replace("121.00", "-121.00").as_str(), "bank_file_broken"),
        (good.replace("121.00", "121.001").as_str(), "bank_file_broken"),
        (
            good.replace("Ccy=\"EUR\">121", "Ccy=\"XAU\">121").as_str(),
            "bank_file_currency",
        ),
        (
            good.replace("Ccy=\"EUR\">121", "Ccy=\"USD\">121").as_str(),
            "bank_file_currency",
        ),
        (
            good.replace("<CdtDbtInd>DBIT</CdtDbtInd>", "").as_str(),
            "bank_file_lacks",
        ),
        (
            good.replace(
                "<BookgDt><Dt>2026-11-24</Dt></BookgDt><ValDt><Dt>2026-11-24</Dt></ValDt>",
                "",
            )
            .as_str(),
            "bank_file_lacks",
        ),
        (good.replace("NL91ABNA0417164300", "").as_str(), "bank_file_lacks"),
        (good.replace("</Stmt>", "").as_str(), "bank_file_broken"),
        (good.get(..good.len() / 2).expect("ASCII"), "bank_file_broken"),
    ] {
        assert_eq!(refused(text), fault, "{text}");
    }
}

/// A page as German banks write it.
const GERMAN: &str = "\
:20:STARTUMS
:25:37040044/0532013000EUR
:28C:00017/001
:60F:C261123EUR100,
:61:2611241124CR121,00N166NONREF//B1
:86:166?00GUTSCHRIFT?109310?20EREF+E2E-1?21SVWZ+Rechnung 2026-0000?2242 vom 2.11.?30ABNANL2A?31NL91ABNA0417164300?32Gold Works?33 B.V.
:61:2611241124RCR9,00NRTINONREF//B2
:86:109?00RETOURE?20EREF+E-9?21SVWZ+RETOURE?30COBADEFF?31DE89370400440532013000
:61:2611241124D4,5NMSCNONREF
:86:Kontogebuehr
November
:62F:C261124EUR207,50
:86:End of the page
-
";

#[test]
fn pages_of_german_and_dutch_banks_are_read() {
    let statements = read_text(GERMAN);
    let statement = &statements[0];
    assert_eq!(
        (statement.format, statement.account.as_str()),
        (Format::Mt940, "DE89370400440532013000")
    );
    let [came, back, fee] = statement.entries.as_slice() else {
        panic!("{statement:?}")
    };
    assert_eq!((came.minor, came.direction), (12_100, Direction::Credit));
    assert_eq!(came.remittance, "Rechnung 2026-000042 vom 2.11.");
    assert_eq!(
        (came.payer_name.as_deref(), came.payer_iban.as_deref()),
        (Some("Gold Works B.V."), Some("NL91ABNA0417164300"))
    );
    assert_eq!(
        (
            came.end_to_end_id.as_deref(),
            came.bank_code.as_deref(),
            came.servicer_reference.as_deref()
        ),
        (Some("E2E-1"), Some("166"), Some("B1"))
    );
    assert!(back.takes_back() && back.minor == 900 && back.end_to_end_id.as_deref() == Some("E-9"));
    assert_eq!(
        (fee.minor, fee.direction, fee.remittance.as_str()),
        (450, Direction::Debit, "Kontogebuehr\nNovember")
    );

    let dutch = ":20:ING\n:25:NL91ABNA0417164300EUR\n:28C:1\n:60F:D261123EUR0,00\n\
        :61:261124C12,5NTRFEREF//0000\n/TRCD/00100/\n\
        :86:/EREF/E-1//CNTP/DE89370400440532013000/COBADEFF/Gold Works///REMI/USTD//2026-000042/\n\
        :61:261124C7,NTRFNONREF\n:86:/TRTP/SEPA OVERBOEKING/IBAN/DE89370400440532013000/BIC/COBADEFF/NAME/Gold Works/REMI/invoice 2026/000043/EREF/NOTPROVIDED\n\
        :61:261124C1,NTRFNONREF\n:86:/CNTP/DE89370400440532013000/COBADEFF/Gold Works///REMI/STRD/CUR/RF022026000042/\n\
        :62F:C261124EUR20,50\n-\n";
    let statements = read_text(dutch);
    assert_eq!(statements[0].account, "NL91ABNA0417164300");
    let told: Vec<_> = statements[0]
        .entries
        .iter()
        .map(|entry| {
            (
                entry.payer_name.as_deref(),
                entry.remittance.as_str(),
                entry.reference.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some("Gold Works"), "2026-000042", None),
            (Some("Gold Works"), "invoice 2026/000043", None),
            (Some("Gold Works"), "CUR/RF022026000042", Some("RF022026000042")),
        ]
    );
}

#[test]
fn a_day_around_new_year_has_its_own_year_and_broken_pages_are_refused() {
    let turned = GERMAN.replace(":61:2611241124CR121,00", ":61:2612310102CR121,00");
    assert_eq!(read_text(&turned)[0].entries[0].booked_on.to_string(), "2027-01-02");
    for (from, to, fault) in [
        ("C261124EUR207,50", "C261124EUR207,51", "bank_file_unbalanced"),
        ("C261124EUR207,50", "C261124USD207,50", "bank_file_currency"),
        ("C261123EUR100,", "C261123EUR100", "bank_file_broken"),
        ("C261123EUR100,", "X261123EUR100,", "bank_file_broken"),
        (":61:2611241124CR121,00", ":61:2613241124CR121,00", "bank_file_broken"),
        (":61:2611241124CR121,00", ":61:2611241124XX121,00", "bank_file_broken"),
        (":62F:", ":64:", "bank_file_lacks"),
        (":25:", ":21:", "bank_file_lacks"),
    ] {
        assert_eq!(refused(&GERMAN.replace(from, to)), fault, "{to}");
    }
}

fn mapping(columns: &str) -> csv::Mapping {
    csv::Mapping {
        account: "NL91 ABNA 0417 1643 00".to_owned(),
        currency: "EUR".to_owned(),
        columns: columns.to_owned(),
        ..csv::Mapping::default()
    }
}

#[test]
fn a_list_is_read_by_the_names_of_its_columns() {
    let list = "Umsaetze;Girokonto\n\n\"Buchungstag\";\"Betrag\";\"Zweck\";\"Name\";\"IBAN\"\n\
        \"24.11.26\";\"1.121,00\";\"2026-000042\";\"Gold\";\"DE89370400440532013000\"\n24.11.26;-4,50;Fee;;\n25.11.26;1.000;x;;\n";
    let columns = mapping("booked_on=Buchungstag; amount=Betrag; text=Zweck; payer=Name; payer_iban=iban");
    let statements = read(list.as_bytes(), &columns).expect("read");
    let told: Vec<_> = statements[0]
        .entries
        .iter()
        .map(|entry| (entry.signed_minor(), entry.booked_on.to_string()))
        .collect();
    assert_eq!(
        told,
        [
            (112_100, "2026-11-24".to_owned()),
            (-450, "2026-11-24".to_owned()),
            (100_000, "2026-11-25".to_owned()),
        ]
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_asked() {
    let fault = |list: &str, mapping: &csv::Mapping| read(list.as_bytes(), mapping).expect_err(list).name().to_owned();
    let columns = mapping("booked_on=Day;amount=Amount");
    let thousand = "Day;Amount\n2026-11-24;1.000\n";
    assert_eq!(fault(thousand, &columns), "bank_file_number_in_two_ways");
    let comma = csv::Mapping {
        numbers: Some(NumberStyle::Comma),
        ..columns.clone()
    };
    assert_eq!(
        read(thousand.as_bytes(), &comma).expect("read")[0].entries[0].minor,
        100_000
    );
    assert_eq!(
        fault("Day;Amount\n03/04/2026;1,50\n", &columns),
        "bank_file_day_in_two_ways"
    );
    let shown = "Day;Amount\n13/04/2026;1,50\n03/04/2026;1,50\n";
    assert_eq!(
        read(shown.as_bytes(), &columns).expect("read")[0].entries[1]
            .booked_on
            .to_string(),
        "2026-04-03"
    );
    assert_eq!(fault("Day;Sum\n2026-11-24;1\n", &columns), "bank_file_lacks_column");
    assert_eq!(fault(thousand, &mapping("amount=Amount")), "bank_file_needs_column");
    assert_eq!(fault(thousand, &mapping("sum=Amount")), "bank_file_unknown_column");
    let nobodys = csv::Mapping {
        account: String::new(),
        ..columns
    };
    assert_eq!(fault(thousand, &nobodys), "bank_file_needs_account");
}

#[test]
fn a_side_that_is_missing_or_at_odds_with_the_sign_is_refused() {
    let columns = mapping("booked_on=Day;amount=Amount;direction=Side");
    let list = |amount: &str, side: &str| format!("Day;Amount;Side\n2026-11-24;1,50;H\n2026-11-25;{amount};{side}\n");
    for (amount, side, fault) in [
        ("-50,00", "H", "bank_file_broken"),
        ("-50,00", "C", "bank_file_broken"),
        ("-50,00", "CRDT", "bank_file_broken"),
        ("50,00", "", "bank_file_lacks"),
        ("-50,00", "", "bank_file_lacks"),
    ] {
        let found = read(list(amount, side).as_bytes(), &columns).expect_err(side);
        assert_eq!(found.name(), fault, "{amount} {side}");
        // It names the line.
        assert!(found.to_string().contains("3: direction"), "{found}");
    }
    for (amount, side, signed) in [("50,00", "S", -5_000), ("-50,00", "S", -5_000), ("50,00", "H", 5_000)] {
        let read = read(list(amount, side).as_bytes(), &columns).expect(side);
        assert_eq!(read[0].entries[1].signed_minor(), signed, "{amount} {side}");
    }
}

#[test]
fn an_entry_is_the_same_in_every_file_and_two_that_are_alike_are_two() {
    let keys = |text: &str| {
        let statements = read_text(text);
        identity::of_file(&statements).remove(0)
    };
    // Between versions, and however the rest of the file is.
    assert_eq!(
        keys(&camt053("02")),
        keys(&camt053("08").replace("<Id>S1</Id>", "<Id>S2</Id>"))
    );
    let parts = keys(&camt054(["10.00", "20.00", "30.00"], ""));
    let sum = keys(&camt054(["10.00", "20.00", "30.01"], ""));
    assert_eq!(parts[0], sum[0]);
    assert!(parts[1].sum == parts[0].sum && parts[1].place == 1);
    // Without a reference of the bank's the text tells them apart; what is quite alike is counted.
    let list = "Day;Amount;Text\n2026-11-24;1,50;a\n2026-11-24;1,50;a\n2026-11-24;1,50;b\n";
    let columns = mapping("booked_on=Day;amount=Amount;text=Text");
    let read = |list: &str| identity::of_file(&read(list.as_bytes(), &columns).expect("read")).remove(0);
    let three = read(list);
    assert!(three[0] != three[1] && three[1] != three[2] && three[0] != three[2]);
    assert_eq!(three, read(list));
    assert_eq!(read("Day;Amount;Text\n2026-11-24;1,50;a\n")[0], three[0]);
}

proptest! {
    #[test]
    fn mutilated_files_are_read_or_refused(place in 0_usize..3_000, length in 0_usize..40, insert in "\\PC{0,8}") {
        for good in [camt053("02"), camt053("08"), camt054(["10.00", "20.00", "30.00"], ""), GERMAN.to_owned()] {
            let signs: Vec<char> = good.chars().collect();
            let start = place.min(signs.len());
            let end = (start + length).min(signs.len());
            let text: String = signs[..start].iter().copied().chain(insert.chars()).chain(signs[end..].iter().copied()).collect();
            if let Ok(statements) = read(text.as_bytes(), &csv::Mapping::default()) {
                prop_assert!(statements.iter().all(adds_up));
                let all: Vec<&Entry> = statements.iter().flat_map(|statement| &statement.entries).collect();
                prop_assert!(all.iter().all(|entry| entry.minor >= 0));
            }
        }
    }
}
