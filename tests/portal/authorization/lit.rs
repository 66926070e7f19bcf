//! Which entry of the navigation is lit on which page of the desk.

use portal::languages::Language;
use portal::web::navigation::items;
use portal::web::{Area, Shell, Theme};
use reqwest::Method;

use super::pages::{Reader, ask, table};
use super::world::World;

/// Pages that belong to no entry.
const OF_NONE: [&str; 2] = ["/desk/search", "/desk/components"];

/// The entries that are lit on a page of the desk; of a group its page.
fn lit(path: &str) -> Vec<&'static str> {
    let mut shell = Shell::anonymous(Language::En, Theme::System, path);
    shell.area = Area::Desk;
    let mut lit = Vec::new();
    for item in items(&shell).into_iter().filter(|item| item.current) {
        match item.pages.is_empty() {
            true => lit.push(item.path),
            false => lit.extend(item.pages.iter().filter(|page| page.current).map(|page| page.path)),
        }
    }
    lit
}

#[test]
fn each_page_of_the_desk_lights_one_entry_and_today_its_own_alone() {
    let mut faults = Vec::new();
    for path in table().map(|row| row.path()).filter(|path| path.starts_with("/desk")) {
        let found = lit(path);
        let is_right = match found.as_slice() {
            [] => OF_NONE.contains(&path),
            ["/desk"] => path == "/desk",
            [_] => !OF_NONE.contains(&path),
            _ => false,
        };
        if !is_right {
            faults.push(format!("{path}: {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The first page that the trail names between the start and the page itself.
fn above(html: &str) -> Option<&str> {
    let (_, trail) = html.split_once("<nav class=\"crumbs\"")?;
    let (trail, _) = trail.split_once("</nav>")?;
    let mut links = trail.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let above = links.find(|link| link.starts_with("/desk/"))?;
    above.split(['?', '#']).next()
}

#[tokio::test]
async fn a_page_of_the_desk_lights_the_entry_that_its_trail_names() {
    let world = World::start().await;
    let reader = Reader::staff(&world, "admin").await;
    let mut faults = Vec::new();
    for row in table() {
        if row.method() != Method::GET || !row.path().starts_with("/desk/") {
            continue;
        }
        let shown = ask(&world, row, &reader).await;
        if let Some(above) = above(&shown.html)
            && lit(above) != lit(row.path())
        {
            faults.push(format!(
                "{}: {:?}, below {above}: {:?}",
                row.path(),
                lit(row.path()),
                lit(above)
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
