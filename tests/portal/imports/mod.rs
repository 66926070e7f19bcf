//! Importing a supplier's files: what is kept and what is reset, what is told and what is left out.

mod bad_rows;
mod numbers;
mod orders;
mod team;
mod trade;

use portal::clock;
use portal::db::{Engine, Statement, sql};
use portal::error::Code;
use portal::imports::{self, Folder, Options, Progress, Report};

use crate::fresh::Fresh;

const STRICT: Options = Options {
    dry_run: false,
    keep_valid: false,
    numbers: None,
};
const KEEP_VALID: Options = Options {
    dry_run: false,
    keep_valid: true,
    numbers: None,
};
const DRY_RUN: Options = Options {
    dry_run: true,
    keep_valid: false,
    numbers: None,
};

/// A small supplier: two accounts, three products, a list of each kind.
const BASE: &[(&str, &str)] = &[
    ("supplier.csv", "name,country,currency\nSupplier,NL,EUR\n"),
    ("tax_rates.csv", "country,category,rate\nNL,AA,9\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,vat_id\n\
         A1,First,NL,EUR,gold,30,1000.50,NL123456789B01\nA2,Second,GB,GBP,silver,14,,\n",
    ),
    (
        "sites.csv",
        "account,site,name,country,city\nA1,NORTH,North,NL,Assen\nA1,AAA,South,NL,\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,description,gtin,category,exclusive_account,lead_time_days\n\
         P1,Nail,H87,0,S,Long nail,4006381333931,Hardware,,3\nP2,Rope,MTR,2,AA,,,,,\nP3,Own brand,H87,0,Z,,,,A1,\n",
    ),
    (
        "units.csv",
        "sku,unit,name,base_quantity,numerator,denominator,unit_code,gtin,min_quantity,multiple,account\n\
         P1,CT12,Carton,12,,,XCT,96385074,2,2,\nP1,CT12,Carton of A1,10,,,XCT,,,,A1\nP2,ROLL,Roll,,7,3,XRO,,,,\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account,tier,rank,valid_from,valid_to\n\
         BASE,Base,EUR,base,,,,,\nT,Gold,EUR,tier,,gold,50,,\nC1,Contract,EUR,contract,A1,,,2026-01-01,2026-12-31\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base,valid_from,valid_to\n\
         BASE,P1,H87,0,1.5,10,,\nBASE,P2,MTR,2.25,0.123456,,,\nC1,P1,CT12,0,9,,2026-01-01,\n",
    ),
    (
        "assortment.csv",
        "account,sku,customer_part_number,label_name,label_brand,label_gtin\nA1,P1,N-1,Our nail,Ours,\nA1,P2,N-2,,,\nA1,P3,,,,\n",
    ),
    ("stock.csv", "warehouse,sku,on_hand\nMAIN,P1,100\nMAIN,P2,7.5\n"),
];

fn import(fresh: &Fresh, files: &[(&str, &str)], options: Options) -> Report {
    let files = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let folder = Folder::from_memory(files);
    imports::run_folder(fresh.db(), &folder, options, clock::now(), &Progress::hidden()).unwrap()
}

fn with_base() -> Fresh {
    let fresh = Fresh::migrated();
    let report = import(&fresh, BASE, STRICT);
    assert!(report.is_good() && report.applied, "{report}");
    fresh
}

/// The faults as `file:row column code`.
fn faults(report: &Report) -> Vec<String> {
    let shown = report
        .faults
        .iter()
        .map(|f| format!("{}:{} {} {}", f.file, f.row, f.column, f.code.name()));
    shown.collect()
}

fn number(fresh: &Fresh, query: &'static str) -> i64 {
    fresh.db().read_now(|c| sql(query).one(c)).unwrap()
}

fn text(fresh: &Fresh, query: &'static str) -> Option<String> {
    fresh.db().read_now(|c| sql(query).one(c)).unwrap()
}

fn counts(report: &Report, file: &str) -> (u64, u64, u64, u64) {
    let file = report.file(file).unwrap();
    (file.new, file.changed, file.unchanged, file.bad)
}

fn all_unchanged(report: &Report) -> bool {
    report
        .files
        .iter()
        .all(|file| (file.new, file.changed, file.bad) == (0, 0, 0))
}

#[test]
fn what_is_stored_is_what_the_files_say() {
    let fresh = with_base();
    assert!(all_unchanged(&import(&fresh, BASE, STRICT)));
    let n = |query| number(&fresh, query);
    let t = |query| text(&fresh, query);
    assert_eq!(n("SELECT rate_ppm FROM tax_rates"), 90_000);
    assert_eq!(n("SELECT credit_limit_minor FROM accounts WHERE code = 'A1'"), 100_050);
    assert_eq!(
        n("SELECT COUNT(*) FROM accounts WHERE code = 'A2' AND credit_limit_minor IS NULL"),
        1
    );
    assert_eq!(
        t(
            "SELECT s.code FROM sites s JOIN accounts a ON a.id = s.account_id WHERE a.code = 'A1' ORDER BY s.id LIMIT 1"
        ),
        Some("NORTH".to_owned())
    );
    assert_eq!(
        t(
            "SELECT s.code || s.name || s.country FROM sites s JOIN accounts a ON a.id = s.account_id WHERE a.code = 'A2'"
        ),
        Some("MAINSecondGB".to_owned())
    );
    assert_eq!(
        t("SELECT gtin FROM products WHERE sku = 'P1'"),
        Some("04006381333931".to_owned())
    );
    assert_eq!(
        n("SELECT numerator * 10 + denominator FROM sale_units WHERE unit = 'ROLL'"),
        73
    );
    assert_eq!(n("SELECT numerator FROM sale_units WHERE account_id IS NOT NULL"), 10);
    assert_eq!(n("SELECT min_quantity FROM prices WHERE price_micros = 123456"), 225);
    assert_eq!(
        n("SELECT COUNT(*) FROM prices WHERE valid_from = '0001-01-01' AND valid_to = '9999-12-31'"),
        2
    );
    assert_eq!(n("SELECT CAST(SUM(on_hand) AS BIGINT) FROM stock"), 850);
    assert_eq!(
        n("SELECT CAST(SUM(quantity) AS BIGINT) FROM stock_movements WHERE kind = 'count' AND actor = 'import'"),
        850
    );
}

#[test]
fn articles_are_found_by_their_words() {
    let fresh = with_base();
    let found = |word: &str| -> i64 {
        let query = match fresh.db().engine() {
            Engine::Sqlite => format!("\"{word}\"*"),
            Engine::Postgres => format!("{word}:*"),
        };
        let count = Statement::per_engine(
            "SELECT COUNT(*) FROM search_words WHERE words MATCH $1",
            "SELECT COUNT(*) FROM search_words WHERE words @@ $1::tsquery",
        );
        fresh
            .db()
            .read_now(|c| count.clone().bind(query.as_str()).one(c))
            .unwrap()
    };
    for (word, rows) in [
        ("nail", 2),
        ("hardw", 1),
        ("4006381333931", 1),
        ("96385074", 1),
        ("ours", 1),
        ("n", 3),
        ("bolt", 0),
    ] {
        assert_eq!(found(word), rows, "{word}");
    }
    import(
        &fresh,
        &[(
            "products.csv",
            "sku,name,base_unit,decimals,tax_category\nP1,Bolt,H87,0,S\n",
        )],
        STRICT,
    );
    // The description says nail still, and so does the label.
    for (word, rows) in [("bolt", 1), ("nail", 2), ("96385074", 1)] {
        assert_eq!(found(word), rows, "{word}");
    }
}

#[test]
fn rows_that_depend_on_bad_rows_are_bad_and_the_rest_can_be_kept() {
    let files: &[(&str, &str)] = &[
        (
            "accounts.csv",
            "account,name,country,currency,tier,payment_terms_days,credit_limit\nB1,n,NL,EUR,iron,30,\nB2,n,NL,EUR,gold,30,\n",
        ),
        (
            "products.csv",
            "sku,name,base_unit,decimals,tax_category\nQ1,,H87,0,S\nQ2,n,H87,0,S\n",
        ),
        (
            "price_lists.csv",
            "price_list,name,currency,kind,account\nL1,n,EUR,account,B1\nL2,n,EUR,account,B2\n",
        ),
        (
            "prices.csv",
            "price_list,sku,unit,min_quantity,price\nL1,Q2,H87,0,1\nL2,Q1,H87,0,1\nL2,Q2,H87,0,1\n",
        ),
        ("stock.csv", "warehouse,sku,on_hand\nMAIN,Q1,1\nMAIN,Q2,1\n"),
        ("days_off.csv", "email\n"),
        ("notes.txt", "hello"),
    ];
    let expected = [
        "accounts.csv:2 tier value_invalid",
        "products.csv:2 name required",
        "price_lists.csv:2 account unknown_account",
        "prices.csv:2 price_list unknown_price_list",
        "prices.csv:3 sku unknown_sku",
        "stock.csv:2 sku unknown_sku",
    ];
    let fresh = Fresh::migrated();
    let refused = import(&fresh, files, STRICT);
    assert_eq!(
        (faults(&refused), refused.applied),
        (expected.map(str::to_owned).to_vec(), false)
    );
    assert_eq!(refused.left_alone, ["days_off.csv", "notes.txt"]);
    assert_eq!(number(&fresh, "SELECT COUNT(*) FROM accounts"), 0);

    let kept = import(&fresh, files, KEEP_VALID);
    assert_eq!(
        (faults(&kept), kept.applied),
        (expected.map(str::to_owned).to_vec(), true)
    );
    assert_eq!(counts(&kept, "prices.csv"), (1, 0, 0, 2));
    assert_eq!(number(&fresh, "SELECT COUNT(*) FROM prices"), 1);
    assert_eq!(number(&fresh, "SELECT on_hand FROM stock"), 1);
    assert_eq!(counts(&import(&fresh, files, KEEP_VALID), "prices.csv"), (0, 0, 1, 2));
}

#[test]
fn a_dry_run_tells_the_same_and_writes_nothing() {
    let fresh = Fresh::migrated();
    let tried = import(&fresh, BASE, DRY_RUN);
    assert!(tried.is_good() && !tried.applied, "{tried}");
    assert_eq!(number(&fresh, "SELECT COUNT(*) FROM accounts"), 0);
    let done = import(&fresh, BASE, STRICT);
    assert_eq!(tried.files, done.files);
}

#[test]
fn an_absent_column_keeps_and_an_empty_cell_resets() {
    let fresh = with_base();
    let required = "sku,name,base_unit,decimals,tax_category";
    let kept = format!("{required}\nP1,Nail,H87,0,S\n");
    let report = import(&fresh, &[("products.csv", &kept)], STRICT);
    assert_eq!(counts(&report, "products.csv"), (0, 0, 1, 0));
    let reset = format!("\u{FEFF}{required},description,lead_time_days\nP1,Nail,H87,0,S,,\n");
    let report = import(&fresh, &[("products.csv", &reset)], STRICT);
    assert_eq!(counts(&report, "products.csv"), (0, 1, 0, 0));
    assert_eq!(text(&fresh, "SELECT description FROM products WHERE sku = 'P1'"), None);
    assert_eq!(
        text(&fresh, "SELECT category FROM products WHERE sku = 'P1'"),
        Some("Hardware".to_owned())
    );
    assert_eq!(
        number(
            &fresh,
            "SELECT CAST(lead_time_days AS BIGINT) FROM products WHERE sku = 'P1'"
        ),
        0
    );

    let lists = "price_list,name,currency,kind,account\nT,Gold still,EUR,tier,\n";
    assert_eq!(
        counts(
            &import(&fresh, &[("price_lists.csv", lists)], STRICT),
            "price_lists.csv"
        ),
        (0, 1, 0, 0)
    );
    assert_eq!(
        text(&fresh, "SELECT tier FROM price_lists WHERE code = 'T'"),
        Some("gold".to_owned())
    );
    let lists = "price_list,name,currency,kind,account,tier\nT,Gold,EUR,tier,,\n";
    assert_eq!(
        faults(&import(&fresh, &[("price_lists.csv", lists)], STRICT)),
        ["price_lists.csv:2 tier required"]
    );
}

#[test]
fn part_numbers_and_gtins_may_be_swapped() {
    let fresh = with_base();
    let swap = "account,sku,customer_part_number\nA1,P1,N-2\nA1,P2,N-1\n";
    let report = import(&fresh, &[("assortment.csv", swap)], STRICT);
    assert_eq!(counts(&report, "assortment.csv"), (0, 2, 0, 0), "{report}");
    let numbers =
        "SELECT a.customer_part_number FROM assortment a JOIN products p ON p.id = a.product_id WHERE p.sku = 'P1'";
    assert_eq!(text(&fresh, numbers), Some("N-2".to_owned()));
    assert_eq!(
        text(
            &fresh,
            "SELECT label_name FROM assortment WHERE customer_part_number = 'N-2'"
        ),
        Some("Our nail".to_owned())
    );
    let moved = "sku,name,base_unit,decimals,tax_category,gtin\nP1,Nail,H87,0,S,\nP2,Rope,MTR,2,AA,4006381333931\n";
    let report = import(&fresh, &[("products.csv", moved)], STRICT);
    assert_eq!(counts(&report, "products.csv"), (0, 2, 0, 0), "{report}");
}

#[test]
fn a_count_moves_the_difference_and_stays_above_what_is_reserved() {
    let fresh = with_base();
    let run = |change: &'static str| {
        let reserve = move |tx: &mut _| sql(change).run(tx);
        fresh.db().write_now(reserve).unwrap();
    };
    run("UPDATE stock SET reserved = 60 WHERE on_hand = 100");
    let report = import(&fresh, &[("stock.csv", "warehouse,sku,on_hand\nMAIN,P1,59\n")], STRICT);
    assert_eq!(faults(&report), ["stock.csv:2 on_hand below_reserved"]);
    let remedy = report.faults[0].remedy.to_string();
    let (hold, cancel) = (remedy.find("on hold").unwrap(), remedy.find("cancel").unwrap());
    assert!(hold < cancel, "{remedy}");
    let report = import(
        &fresh,
        &[("stock.csv", "warehouse,sku,on_hand\nMAIN,P1,60\nEAST,P1,0\n")],
        STRICT,
    );
    assert_eq!(counts(&report, "stock.csv"), (1, 1, 0, 0), "{report}");
    assert_eq!(
        number(&fresh, "SELECT quantity FROM stock_movements ORDER BY id DESC LIMIT 1"),
        -40
    );
    assert_eq!(number(&fresh, "SELECT COUNT(*) FROM stock_movements"), 3);
}

#[test]
fn a_folder_without_import_files_is_an_error() {
    let fresh = Fresh::migrated();
    let folder = Folder::from_memory([("notes.txt".to_owned(), Vec::new())]);
    let outcome = imports::run_folder(fresh.db(), &folder, STRICT, clock::now(), &Progress::hidden());
    assert!(outcome.is_err());
}

#[test]
fn a_file_of_a_folder_that_is_no_list_is_refused_by_what_it_is() {
    let fresh = Fresh::migrated();
    let folder = tempfile::tempdir().unwrap();
    for (bytes, told) in [
        (&b"<html><table><tr><td>sku</td></tr></table>"[..], "a web page (HTML)"),
        (b"%PDF-1.7", "a PDF file"),
        (b"{\\rtf1\\ansi", "a text document (RTF)"),
        (
            b"From: a@b.example\nSubject: x\n\nsku,name\n",
            "a mail or a web archive",
        ),
        (b"PK\x03\x04....[Content_Types].xml", "an archive or a workbook"),
        (b"\xD0\xCF\x11\xE0rest", "an archive or a workbook"),
    ] {
        std::fs::write(folder.path().join("products.csv"), bytes).unwrap();
        let outcome = imports::run(fresh.db(), folder.path(), STRICT, clock::now(), &Progress::hidden());
        let error = outcome.unwrap_err();
        assert_eq!(error.code(), Code::UnreadableFile, "{error}");
        assert!(error.to_string().contains(told), "{error}");
    }
    assert_eq!(number(&fresh, "SELECT COUNT(*) FROM products"), 0);
}
