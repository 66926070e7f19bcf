//! Lists of what happens at a moment are found by days of the supplier, by page, file and REST.

use portal::db::sql;
use reqwest::Method;
use serde_json::json;

use super::Shop;
use super::bank::{camt, take, told};
use crate::client::unique;

/// An evening in UTC that is the next day in Amsterdam.
const EVENING: &str = "2020-03-01 23:30:00";

/// A page, what REST answers the same, and a table with its moment.
const LISTS: [(&str, Option<&str>, &str, &str); 5] = [
    ("/desk/receipts", None, "receipts", "received_at"),
    ("/desk/messages", Some("/supplier/messages"), "messages", "created_at"),
    (
        "/desk/bank/statements",
        Some("/supplier/bank-statements"),
        "bank_statements",
        "imported_at",
    ),
    ("/desk/imports", Some("/supplier/imports"), "import_runs", "started_at"),
    // What is sealed stays as it was recorded.
    ("/desk/audit", Some("/supplier/audit"), "", ""),
];

/// A shop that has one row of each list or more.
async fn open() -> Shop {
    let shop = Shop::open().await;
    shop.receive("RARE", "10").await;
    let guest = json!({"email": "guest@gold.example", "role": "buyer"});
    let admin = shop.app.person("GOLD", "admin").await;
    admin.post_with_key("/invitations", &unique(), guest).await.expect(201);
    shop.app.mails().await;
    take(&shop, &camt(true, "1", &[told(12_100, "B-1", "nothing of ours")])).await;
    let files = "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"products.csv\"\r\nContent-Type: text/csv\r\n\r\n\
                 sku,name,base_unit,decimals,tax_category\nNEW,New,H87,0,S\n\r\n--edge--\r\n";
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    let admin = shop.app.staff("admin").await;
    let sent = admin
        .send(Method::POST, "/supplier/imports", &headers, Some(files.to_owned()))
        .await;
    sent.expect(201);
    shop
}

#[tokio::test]
async fn lists_of_moments_are_found_by_days_of_the_supplier() {
    let shop = open().await;
    let staff = shop.app.staff("admin").await;
    let browser = shop.app.browse_staff("admin").await;
    for (_, _, table, moment) in LISTS.iter().filter(|list| !list.2.is_empty()) {
        let text: &'static str = format!("UPDATE {table} SET {moment} = '{EVENING}'").leak();
        shop.app.db().write(move |tx| sql(text).run(tx)).await.unwrap();
    }
    for (page, rest, table, _) in LISTS {
        let days = match table {
            "" => "from=2020-03-02&to=2100-01-01",
            _ => "from=2020-03-02&to=2020-03-02",
        };
        let of = async |days: &str| {
            let file = browser.get(&format!("{page}/export.csv?{days}")).await;
            assert_eq!(file.status, 200, "{page}: {}", file.html);
            let rows = file.html.trim_end().lines().count() - 1;
            let html = browser.page(&format!("{page}?{days}")).await;
            // Only a list with rows is offered as a file.
            assert_eq!(html.contains("export.csv"), rows > 0, "{page}?{days}: {html}");
            if let Some(rest) = rest {
                let list = staff.get(&format!("{rest}?limit=200&{days}")).await.expect(200);
                let listed = list["data"].as_array().unwrap().len();
                assert_eq!(listed > 0, rows > 0, "{rest}?{days}");
            }
            rows
        };
        assert!(of(days).await > 0, "{page}?{days}");
        assert_eq!(of("to=2020-03-01").await, 0, "{page}");
        assert_eq!(of("from=2100-01-02").await, 0, "{page}");
        // The farthest days are days, too.
        for any in ["from=-9999-01-01&to=%2B99999-12-31", ""] {
            let file = browser.get(&format!("{page}/export.csv?{any}")).await;
            assert!(file.html.trim_end().lines().count() > 1, "{page}?{any}: {}", file.html);
        }
        let html = browser.page(&format!("{page}?from=soon")).await;
        assert!(
            html.contains("value=\"soon\"") && html.contains("id=\"e-from\""),
            "{page}: {html}"
        );
        if let Some(rest) = rest {
            let wrong = staff.get(&format!("{rest}?from=soon")).await;
            assert_eq!(wrong.faults(), [("/from".to_owned(), "wrong_type".to_owned())]);
        }
    }
}
