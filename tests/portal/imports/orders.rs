//! Orders from files: whole, once, against what the folder brings.

use portal::db::sql;

use super::{BASE, DRY_RUN, KEEP_VALID, STRICT, counts, faults, import, number, text, with_base};
use crate::fresh::Fresh;

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
        let change = move |tx: &mut _| sql(change).run(tx);
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
