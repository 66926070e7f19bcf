//! When sites take goods in: spans of a file that lie over each other, what the account reads of them, where the desk finds them.

use portal::imports::Options;
use serde_json::json;

use super::{Shop, id};

const HEAD: &str = "account,site,weekday,from,to\n";

/// Row and column of each fault, and what is told.
async fn faults(shop: &Shop, rows: &str) -> Vec<String> {
    let file = format!("{HEAD}{rows}");
    let files = [("delivery_windows.csv", file.as_str())];
    let report = shop.app.try_import(&files, Options::default()).await;
    let faults = report.faults.iter();
    faults
        .map(|fault| format!("{} {} {}: {}", fault.row, fault.column, fault.code.name(), fault.remedy))
        .collect()
}

#[tokio::test]
async fn spans_of_a_file_that_overlap_are_refused_with_the_row_they_lie_over() {
    let shop = Shop::open().await;
    let rows = "GOLD,MAIN,mon,08:00,12:00\nGOLD,MAIN,mon,12:00,14:00\nGOLD,MAIN,mon,11:30,13:00\n\
        GOLD,MAIN,tue,11:30,13:00\nSILVER,MAIN,mon,11:30,13:00\n";
    let found = faults(&shop, rows).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("4 from value_invalid: "), "{found:?}");
    assert!(found[0].contains("row 2") && found[0].contains("11:30"), "{found:?}");
    // Over what is kept already, unless it begins with it: then it takes its place.
    let good = format!("{HEAD}GOLD,MAIN,mon,08:00,12:00\nGOLD,MAIN,mon,12:00,14:00\n");
    shop.app.import(&[("delivery_windows.csv", &good)]).await;
    let found = faults(&shop, "GOLD,MAIN,mon,07:00,09:00\n").await;
    assert!(
        found.len() == 1 && found[0].contains("08:00") && found[0].contains("12:00"),
        "{found:?}"
    );
    let found = faults(&shop, "GOLD,MAIN,mon,08:00,12:30\n").await;
    assert_eq!(found.len(), 1, "{found:?}");
    let moved = format!("{HEAD}GOLD,MAIN,mon,08:00,11:00\nGOLD,MAIN,mon,11:00,12:00\n");
    shop.app.import(&[("delivery_windows.csv", &moved)]).await;
    let window = |from: &str, to: &str| json!({"weekday": "mon", "from": from, "to": to});
    let sites = shop.gold.get("/account/sites").await.expect(200);
    assert_eq!(
        sites["data"][0]["delivery_windows"],
        json!([
            window("08:00", "11:00"),
            window("11:00", "12:00"),
            window("12:00", "14:00")
        ])
    );
    let others = shop.silver.get("/account/sites").await.expect(200);
    assert_eq!(others["data"][0]["delivery_windows"], json!([]));
    shop.app.finish().await;
}

#[tokio::test]
async fn the_sites_of_an_account_lead_to_their_windows() {
    let shop = Shop::open().await;
    let admin = shop.app.staff("admin").await;
    let accounts = admin.get("/supplier/accounts?q=GOLD").await.expect(200);
    let account = id(&accounts["data"][0]);
    let sites = format!("/accounts/{account}/sites");
    let site = admin.get(&format!("/supplier{sites}")).await.expect(200);
    let windows = format!("/desk{sites}/{}/windows", id(&site["data"][0]));
    let desk = shop.app.browse_staff("admin").await;
    assert!(desk.page(&format!("/desk{sites}")).await.contains(&windows));
    assert_eq!(desk.get(&windows).await.status, 200);
    shop.app.finish().await;
}
