//! Importing a supplier's files: real trade, every kind of bad row, what is kept and what is reset.

use std::path::{Path, PathBuf};

use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use portal::clock;
use portal::db::{Engine, Statement, sql};
use portal::imports::{self, Folder, Options, Progress, Report};
use portal::money::{Currency, Money};

use crate::fresh::Fresh;

/// The folder with trade data; none where `PORTAL_TRADE_DATA` is not set, which `.ci/run` does not let happen.
#[allow(clippy::disallowed_methods, reason = "the suite's own setting")]
fn trade(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PORTAL_TRADE_DATA").filter(|root| !root.is_empty())?;
    Some(PathBuf::from(root).join(name))
}

const STRICT: Options = Options {
    dry_run: false,
    keep_valid: false,
};
const KEEP_VALID: Options = Options {
    dry_run: false,
    keep_valid: true,
};
const DRY_RUN: Options = Options {
    dry_run: true,
    keep_valid: false,
};

/// A small supplier: two accounts, three products, a list of each kind.
const BASE: &[(&str, &str)] = &[
    ("supplier.csv", "name,country,currency\nSupplier,NL,EUR\n"),
    ("tax_rates.csv", "country,category,rate\nNL,AA,9\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,vat_id\n\
         A1,First,NL,EUR,gold,30,1000.50,NL1\nA2,Second,GB,GBP,silver,14,,\n",
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
    fresh.db().read_now(|c| sql::<BigInt>(query).one(c)).unwrap()
}

fn text(fresh: &Fresh, query: &'static str) -> Option<String> {
    fresh.db().read_now(|c| sql::<Nullable<Text>>(query).one(c)).unwrap()
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
fn real_trade_is_imported_once_and_then_unchanged() {
    for folder in ["online-retail", "hard-prices"] {
        let Some(dir) = trade(folder) else { return };
        let fresh = Fresh::migrated();
        let run = || imports::run(fresh.db(), &dir, STRICT, clock::now(), &Progress::hidden()).unwrap();
        let first = run();
        assert!(first.is_good() && first.applied, "{folder}: {first}");
        assert!(first.files.iter().all(|file| file.new > 0), "{folder}: {first}");
        let second = run();
        assert!(second.is_good() && all_unchanged(&second), "{folder}: {second}");
        assert!(second.notes.is_empty(), "{folder}: {second}");
        assert_eq!(totals(&fresh), expected_totals(&dir), "{folder}");
    }
}

/// What the orders cost: account, number, lines, net.
fn totals(fresh: &Fresh) -> Vec<String> {
    type Columns = (Text, Text, Integer, BigInt, Text);
    let rows: Vec<(String, String, i32, i64, String)> = fresh
        .db()
        .read_now(|c| {
            sql::<Columns>(
                "SELECT a.code, o.po_number, o.line_count, o.net_minor, o.currency \
                 FROM orders o JOIN accounts a ON a.id = o.account_id",
            )
            .rows(c)
        })
        .unwrap();
    let mut shown: Vec<_> = rows
        .into_iter()
        .map(|(account, po, lines, net, currency)| {
            let net = Money::new(net, Currency::from_code(&currency).unwrap());
            format!("{account},{po},{lines},{net}")
        })
        .collect();
    shown.sort();
    shown
}

/// The same as `order_totals.csv` has it; its figures may have more decimals than the currency, all zero.
fn expected_totals(dir: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(dir.join("order_totals.csv")).unwrap();
    let mut shown: Vec<_> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            format!("{},{},{},{}", cells[1], cells[0], cells[2], cells[3])
        })
        .collect();
    shown.sort();
    shown
}

#[test]
fn a_line_that_can_t_be_ordered_is_refused_with_its_code() {
    let Some(dir) = trade("hard-prices") else { return };
    let fresh = Fresh::migrated();
    imports::run(fresh.db(), &dir, STRICT, clock::now(), &Progress::hidden()).unwrap();
    let text = std::fs::read_to_string(dir.join("refused_lines.csv")).unwrap();
    let lines: Vec<Vec<_>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let mut orders = "po_number,account,line,sku,unit,quantity\n".to_owned();
    for (index, cells) in lines.iter().enumerate() {
        orders.push_str(&format!(
            "R{index},{},1,{},{},{}\n",
            cells[0], cells[1], cells[2], cells[3]
        ));
    }
    let report = import(&fresh, &[("orders.csv", &orders)], STRICT);
    let found: Vec<_> = report
        .faults
        .iter()
        .map(|fault| (fault.row, fault.code.name()))
        .collect();
    let expected: Vec<_> = (2..).zip(lines.iter().map(|cells| cells[4])).collect();
    assert_eq!(found, expected);
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
        let count = Statement::<BigInt>::per_engine(
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
fn every_bad_row_is_told_and_nothing_is_applied() {
    let check = |file: &str, text: &str, expected: &[&str]| {
        let fresh = with_base();
        let report = import(&fresh, &[(file, text)], STRICT);
        assert_eq!(faults(&report), expected, "{file}\n{text}");
        assert!(!report.applied);
        assert!(all_unchanged(&import(&fresh, BASE, STRICT)), "{file}\n{text}");
    };
    check(
        "supplier.csv",
        "name,country,currency,vat_id,time_zone\nS,XX,EU,nl1,Mars\nT,NL,EUR,,\n",
        &[
            "supplier.csv:2 country unknown_country",
            "supplier.csv:2 currency unknown_currency",
            "supplier.csv:2 vat_id value_invalid",
            "supplier.csv:2 time_zone unknown_time_zone",
            "supplier.csv:3 name duplicate_key",
        ],
    );
    check(
        "supplier.csv",
        "name,country,currency\nS,DE,EUR\n",
        &["supplier.csv:2 country unknown_tax_rate"],
    );
    check(
        "tax_rates.csv",
        "country,category,rate,valid_from\nNL,S,21.00001,\nNL,s,21,\nNL,S,101,\nNL,S,-1,\nNL,S,1,2026-1-1\nNL,S,1,\nNL,S,2,\n",
        &[
            "tax_rates.csv:2 rate bad_number",
            "tax_rates.csv:3 category value_invalid",
            "tax_rates.csv:4 rate bad_number",
            "tax_rates.csv:5 rate bad_number",
            "tax_rates.csv:6 valid_from bad_date",
            "tax_rates.csv:8 category duplicate_key",
        ],
    );
    check(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,price_strategy,locale\n\
         B1,n,NL,EUR,iron,30,,,\nB2,n,NL,EUR,gold,-1,,,\nB3,n,NL,JPY,gold,1,1.5,,\nB4,n,NL,EUR,gold,1,-1,,\n\
         B5,n,NL,EUR,gold,1,,lowest_wins,EN\nA1,n,NL,GBP,gold,1,,,\n",
        &[
            "accounts.csv:2 tier value_invalid",
            "accounts.csv:3 payment_terms_days bad_number",
            "accounts.csv:4 credit_limit bad_number",
            "accounts.csv:5 credit_limit bad_number",
            "accounts.csv:6 locale value_invalid",
            "accounts.csv:6 price_strategy value_invalid",
            "accounts.csv:7 currency still_in_use",
        ],
    );
    check(
        "sites.csv",
        "account,site,name,country\nNO,S,s,NL\nA1,S,,NL\nA1,T,t,NL\nA1,T,t,NL\n",
        &[
            "sites.csv:2 account unknown_account",
            "sites.csv:3 name required",
            "sites.csv:5 site duplicate_key",
        ],
    );
    check(
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,gtin,exclusive_account\n\
         P1,n,KGM,0,S,4006381333931,\nP2,n,MTR,3,AA,,\nQ1,n,h87,7,B,,\nQ2,n,H87,0,S,4006381333930,NO\nQ3,n,H87,0,S,96385074,\n\
         Q4,n,H87,0,S,,\nQ4,n,H87,0,S,,\nP2,n,MTR,2,AA,,A2\n",
        &[
            "products.csv:2 base_unit still_in_use",
            "products.csv:3 decimals still_in_use",
            "products.csv:4 base_unit value_invalid",
            "products.csv:4 decimals bad_number",
            "products.csv:4 tax_category unknown_tax_rate",
            "products.csv:5 gtin bad_gtin",
            "products.csv:5 exclusive_account unknown_account",
            "products.csv:6 gtin gtin_used",
            "products.csv:8 sku duplicate_key",
            "products.csv:9 sku duplicate_key",
        ],
    );
    check(
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,exclusive_account\nP1,n,H87,0,S,A2\n",
        &["products.csv:2 exclusive_account exclusive_article"],
    );
    check(
        "units.csv",
        "sku,unit,name,base_quantity,numerator,denominator,gtin,min_quantity,multiple\n\
         NO,X,n,1,,,,,\nP1,H87,n,1,,,,,\nP1,X1,n,,,,,,\nP1,X2,n,0,,,,,\nP1,X3,n,,1,,,,\nP1,X4,n,2,3,1,,,\n\
         P1,X5,n,1,,,4006381333931,,\nP1,X6,n,1,,,,0,1.5\nP1,X7,n,0.5,1,2,,,\nP1,X7,n,1,,,,,\n",
        &[
            "units.csv:2 sku unknown_sku",
            "units.csv:3 unit value_invalid",
            "units.csv:4 base_quantity required",
            "units.csv:5 base_quantity bad_number",
            "units.csv:6 denominator required",
            "units.csv:7 base_quantity value_invalid",
            "units.csv:8 gtin gtin_used",
            "units.csv:9 min_quantity bad_number",
            "units.csv:9 multiple bad_number",
            "units.csv:11 unit duplicate_key",
        ],
    );
    check(
        "price_lists.csv",
        "price_list,name,currency,kind,account,tier,rank,valid_from,valid_to\n\
         L1,n,EUR,special,,,,,\nL2,n,EUR,contract,,,,,\nL3,n,EUR,base,A1,gold,,,\nL4,n,GBP,account,A1,,,,\n\
         L5,n,EUR,tier,,,,,\nL6,n,EUR,base,,,x,2026-02-01,2026-01-31\n",
        &[
            "price_lists.csv:2 kind value_invalid",
            "price_lists.csv:3 account required",
            "price_lists.csv:4 account value_invalid",
            "price_lists.csv:4 tier value_invalid",
            "price_lists.csv:5 currency wrong_currency",
            "price_lists.csv:6 tier required",
            "price_lists.csv:7 rank bad_number",
            "price_lists.csv:7 valid_to value_invalid",
        ],
    );
    check(
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\n\
         NO,P1,H87,0,1,\nBASE,NO,H87,0,1,\nBASE,P1,XXX,0,1,\nBASE,P1,H87,0.5,1,\nBASE,P1,H87,-1,1,\nBASE,P1,H87,0,0,\n\
         BASE,P1,H87,0,\"1,5\",\nBASE,P1,H87,0,1.1234567,5\nBASE,P1,H87,9,1,\nBASE,P1,H87,9.0,1,\n",
        &[
            "prices.csv:2 price_list unknown_price_list",
            "prices.csv:3 sku unknown_sku",
            "prices.csv:4 unit unknown_unit",
            "prices.csv:5 min_quantity bad_number",
            "prices.csv:6 min_quantity bad_number",
            "prices.csv:7 price bad_number",
            "prices.csv:8 price bad_number",
            "prices.csv:8 sku duplicate_key",
            "prices.csv:9 price bad_number",
            "prices.csv:9 price_base bad_number",
            "prices.csv:9 sku duplicate_key",
            "prices.csv:11 sku duplicate_key",
        ],
    );
    check(
        "assortment.csv",
        "account,sku,customer_part_number,label_gtin\n\
         A2,P3,X,\nA2,P1,N-1,036000291452\nA2,P2,N-1,036000291452\nA1,P1,N-2,\nA1,P2,N-2,4006381333931\n",
        &[
            "assortment.csv:2 sku exclusive_article",
            "assortment.csv:4 customer_part_number part_number_used",
            "assortment.csv:5 customer_part_number part_number_used",
            "assortment.csv:6 label_gtin gtin_used",
        ],
    );
    check(
        "assortment.csv",
        "account,sku,customer_part_number,label_gtin\nA2,P2,X,4006381333931\n",
        &["assortment.csv:2 label_gtin gtin_used"],
    );
    check(
        "stock.csv",
        "warehouse,sku,on_hand\nMAIN,P1,1.5\nMAIN,NO,1\nMAIN,P2,-1\n,P1,1\nEAST,P1,1\nEAST,P1,2\n",
        &[
            "stock.csv:2 on_hand bad_number",
            "stock.csv:3 sku unknown_sku",
            "stock.csv:4 on_hand bad_number",
            "stock.csv:5 warehouse required",
            "stock.csv:7 sku duplicate_key",
        ],
    );
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
        ("team.csv", "email\n"),
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
    assert_eq!(refused.left_alone, ["notes.txt", "team.csv"]);
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
        let reserve = move |tx: &mut _| Ok(sql::<diesel::sql_types::Untyped>(change).run(tx)?);
        fresh.db().write_now(reserve).unwrap();
    };
    run("UPDATE stock SET reserved = 60 WHERE on_hand = 100");
    let report = import(&fresh, &[("stock.csv", "warehouse,sku,on_hand\nMAIN,P1,59\n")], STRICT);
    assert_eq!(faults(&report), ["stock.csv:2 on_hand below_reserved"]);
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

const ORDERS: &str = "po_number,account,line,sku,unit,quantity\n";

#[test]
fn orders_are_placed_whole_and_once() {
    let fresh = with_base();
    let orders = format!(
        "{ORDERS}PO-1,A1,2,P2,MTR,2.5\nPO-2,A2,1,NO,H87,1\npo-1,A1,1,P1,H87,30\nPO-2,A2,2,P1,H87,1\nPO-3,A1,1,P1,CT12,3\n"
    );
    let refused = import(&fresh, &[("orders.csv", &orders)], STRICT);
    let expected = ["orders.csv:3 sku unknown_sku", "orders.csv:5 sku no_price"];
    assert_eq!(
        (faults(&refused), refused.applied),
        (expected.map(str::to_owned).to_vec(), false)
    );
    let kept = import(&fresh, &[("orders.csv", &orders)], KEEP_VALID);
    assert_eq!(counts(&kept, "orders.csv"), (3, 0, 0, 2), "{kept}");
    assert_eq!(number(&fresh, "SELECT COUNT(*) FROM orders"), 2);
    assert_eq!(
        text(
            &fresh,
            "SELECT sku FROM order_lines WHERE position = 1 ORDER BY id LIMIT 1"
        ),
        Some("P1".to_owned())
    );
    assert_eq!(
        number(&fresh, "SELECT CAST(SUM(reserved) AS BIGINT) FROM stock"),
        30 + 30 + 250
    );

    let same = format!("{ORDERS}PO-1 ,A1,1,P1,H87,30.0\nPO-1,A1,7,P2,MTR,2.50\n");
    assert_eq!(
        counts(&import(&fresh, &[("orders.csv", &same)], STRICT), "orders.csv"),
        (0, 0, 2, 0)
    );
    let run = |change: &'static str| {
        let change = move |tx: &mut _| Ok(sql::<diesel::sql_types::Untyped>(change).run(tx)?);
        fresh.db().write_now(change).unwrap();
    };
    run("UPDATE orders SET state = 'cancelled'");
    assert_eq!(
        counts(&import(&fresh, &[("orders.csv", &same)], STRICT), "orders.csv"),
        (0, 0, 2, 0)
    );
    let other = format!("{ORDERS}PO-1,A1,1,P1,H87,31\nPO-1,A1,2,P2,MTR,2.5\n");
    assert_eq!(
        faults(&import(&fresh, &[("orders.csv", &other)], STRICT)),
        [
            "orders.csv:2 po_number po_number_used",
            "orders.csv:3 po_number bad_order_line"
        ]
    );
}

#[test]
fn an_order_with_a_bad_row_is_left_out_whole() {
    let check = |rows: &str, expected: &[&str]| {
        let fresh = with_base();
        let report = import(
            &fresh,
            &[("orders.csv", &format!("{ORDERS}GOOD,A1,1,P1,H87,1\n{rows}"))],
            KEEP_VALID,
        );
        assert_eq!(faults(&report), expected, "{rows}");
        let orders: i64 = number(&fresh, "SELECT COUNT(*) FROM orders");
        assert_eq!(orders, 1, "{rows}");
        assert_eq!(
            number(&fresh, "SELECT COUNT(*) FROM orders WHERE po_number = 'GOOD'"),
            1,
            "{rows}"
        );
    };
    let left_out = "orders.csv:3 po_number bad_order_line";
    check(
        "B,A1,1,P1,H87,1\nB,A1,2,P1,H87,0\n",
        &[left_out, "orders.csv:4 quantity quantity_invalid"],
    );
    check(
        "B,A1,1,P1,H87,1\nB,A1,1,P1,H87,1\n",
        &[left_out, "orders.csv:4 line duplicate_key"],
    );
    check(
        "B,A1,1,P1,H87,1\nB,A1,x,P1,H87,1\n",
        &[left_out, "orders.csv:4 line bad_number"],
    );
    check("B,A1,1,P1,H87,1\nB,A1,2,P1\n", &[left_out, "orders.csv:4  bad_csv"]);
    check("B,A1,1,P1,H87,1\n2\n", &[left_out, "orders.csv:4  bad_csv"]);
    check(
        "B,NO,1,P1,H87,1\n,A1,1,P1,H87,1\n",
        &[
            "orders.csv:3 account unknown_account",
            "orders.csv:4 po_number required",
        ],
    );
}

#[test]
fn orders_are_checked_against_what_the_folder_brings() {
    let orders = format!("{ORDERS}PO-1,A1,1,P1,CT12,2\nPO-1,A1,2,P3,H87,1\n");
    let mut files = BASE.to_vec();
    files.push(("orders.csv", &orders));
    let fresh = Fresh::migrated();
    let report = import(&fresh, &files, DRY_RUN);
    assert_eq!(
        faults(&report),
        ["orders.csv:2 po_number bad_order_line", "orders.csv:3 sku no_price"]
    );
    assert_eq!(number(&fresh, "SELECT COUNT(*) FROM products"), 0);
}

#[test]
fn a_count_serves_waiting_lines() {
    let fresh = with_base();
    let orders = format!("{ORDERS}PO-1,A1,1,P1,H87,150\n");
    assert!(import(&fresh, &[("orders.csv", &orders)], STRICT).is_good());
    let reserved = "SELECT reserved FROM order_lines";
    assert_eq!(number(&fresh, reserved), 100);
    assert!(
        import(
            &fresh,
            &[("stock.csv", "warehouse,sku,on_hand\nEAST,P1,20\nMAIN,P1,105\n")],
            STRICT
        )
        .is_good()
    );
    assert_eq!(number(&fresh, reserved), 125);
    assert_eq!(number(&fresh, "SELECT CAST(SUM(reserved) AS BIGINT) FROM stock"), 125);
}

#[test]
fn a_folder_without_import_files_is_an_error() {
    let fresh = Fresh::migrated();
    let folder = Folder::from_memory([("notes.txt".to_owned(), Vec::new())]);
    let outcome = imports::run_folder(fresh.db(), &folder, STRICT, clock::now(), &Progress::hidden());
    assert!(outcome.is_err());
}
