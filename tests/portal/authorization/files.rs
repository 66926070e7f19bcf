//! Lists as files: whoever sees rows of a list finds the way to a file of them beside it, and the file has rows.

use super::pages::table;
use super::world::World;

/// Lists of which the world has something.
const FILLED: [&str; 9] = [
    "/account/sites",
    "/desk/assortments",
    "/desk/audit",
    "/desk/price-lists",
    "/desk/queue",
    "/desk/reminders",
    "/desk/reminders/sent",
    "/desk/staff",
    "/reminders",
];

/// Where lists are that go out as files. A statement is of some days, so it is none.
fn lists() -> impl Iterator<Item = &'static str> {
    table()
        .filter_map(|row| row.path().strip_suffix("/export.{format}"))
        .filter(|path| !path.contains('{') && *path != "/statement")
}

#[tokio::test]
async fn lists_lead_to_their_files_where_they_show_rows() {
    let world = World::start().await;
    let staff = world.app().browse_staff("admin").await;
    let member = world.app().browse_as("ACME", "admin").await;
    let (mut faults, mut filled) = (Vec::new(), Vec::new());
    for path in lists() {
        let browser = if path.starts_with("/desk/") { &staff } else { &member };
        let html = browser.page(path).await;
        let file = browser.get(&format!("{path}/export.csv")).await;
        assert_eq!(file.status, 200, "{path}: {}", file.html);
        let has_rows = file.html.lines().count() > 1;
        let is_linked = ["csv", "xlsx"]
            .iter()
            .all(|ending| html.contains(&format!("{path}/export.{ending}")));
        if has_rows {
            filled.push(path);
        }
        if has_rows != is_linked {
            faults.push(format!("{path}: rows {has_rows}, links {is_linked}"));
        }
        let other = browser.get(&format!("{path}/export.pdf")).await;
        assert_eq!(other.status, 404, "{path}");
    }
    let empty: Vec<_> = FILLED.iter().filter(|path| !filled.contains(path)).collect();
    assert!(faults.is_empty() && empty.is_empty(), "{faults:?}, empty: {empty:?}");
}
