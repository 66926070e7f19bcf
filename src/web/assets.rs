//! The sheet, the script and the icons: part of the program, served under names that change with their content, so
//! that browsers may keep them for good.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// A file that pages need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Asset {
    Sheet,
    Script,
    Icons,
    Favicon,
}

/// Parts of the sheet in the order of the cascade.
const SHEET: &[&str] = &[
    include_str!("assets/css/tokens.css"),
    include_str!("assets/css/base.css"),
    include_str!("assets/css/shell.css"),
    include_str!("assets/css/controls.css"),
    include_str!("assets/css/parts.css"),
    include_str!("assets/css/tables.css"),
    include_str!("assets/css/drafts.css"),
    include_str!("assets/css/charts.css"),
    include_str!("assets/css/catalogue.css"),
    include_str!("assets/css/people.css"),
    include_str!("assets/css/orders.css"),
    include_str!("assets/css/home.css"),
    include_str!("assets/css/punchout.css"),
    include_str!("assets/css/print.css"),
];

/// Parts of the script; each is a block of its own.
const SCRIPT: &[&str] = &[
    include_str!("assets/js/shell.js"),
    include_str!("assets/js/drafts.js"),
    include_str!("assets/js/desk.js"),
    include_str!("assets/js/passkeys.js"),
    include_str!("assets/js/copying.js"),
    include_str!("assets/js/punchout.js"),
];

struct Served {
    asset: Asset,
    path: String,
    media_type: &'static str,
    content: String,
}

impl Served {
    fn new(asset: Asset, name: &str, ending: &str, media_type: &'static str, content: String) -> Self {
        let digest = HEXLOWER.encode(&Sha256::digest(&content));
        let (hash, _) = digest.split_at(12);
        Self {
            asset,
            path: format!("/assets/{name}-{hash}.{ending}"),
            media_type,
            content,
        }
    }
}

static SERVED: LazyLock<[Served; 4]> = LazyLock::new(|| {
    [
        Served::new(Asset::Sheet, "portal", "css", "text/css; charset=utf-8", SHEET.concat()),
        Served::new(
            Asset::Script,
            "portal",
            "js",
            "text/javascript; charset=utf-8",
            SCRIPT.concat(),
        ),
        Served::new(
            Asset::Icons,
            "icons",
            "svg",
            "image/svg+xml",
            include_str!("assets/icons.svg").to_owned(),
        ),
        Served::new(
            Asset::Favicon,
            "favicon",
            "svg",
            "image/svg+xml",
            include_str!("assets/favicon.svg").to_owned(),
        ),
    ]
});

pub fn path(asset: Asset) -> &'static str {
    SERVED
        .iter()
        .find(|served| served.asset == asset)
        .map_or("", |served| served.path.as_str())
}

/// One of the assets; a name of another version is not found.
#[get("/assets/{name}")]
pub async fn serve(name: web::Path<String>) -> Result<HttpResponse> {
    let wanted = format!("/assets/{name}");
    let served = SERVED
        .iter()
        .find(|served| served.path == wanted)
        .ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, served.media_type))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(served.content.as_str()))
}

/// Robots may come; there is nothing to see without signing in.
#[get("/robots.txt")]
pub async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("User-agent: *\nAllow: /\n")
}

/// Browsers that know no other icon ask for this one.
#[get("/favicon.ico")]
pub async fn favicon() -> HttpResponse {
    HttpResponse::PermanentRedirect()
        .insert_header(("Location", path(Asset::Favicon)))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_and_the_script_fit_the_budget_unpacked_five_times() {
        // Packed, text shrinks to about a fifth: 15 and 12 KB are allowed.
        for (asset, bytes_max) in [(Asset::Sheet, 5 * 15_000), (Asset::Script, 5 * 12_000)] {
            let served = SERVED.iter().find(|served| served.asset == asset).expect("served");
            assert!(served.content.len() < bytes_max, "{asset:?}: {}", served.content.len());
        }
    }

    #[test]
    fn the_script_keeps_nothing_and_makes_no_code_or_markup_of_text() {
        let script = SCRIPT.concat();
        let keeping = ["localStorage", "sessionStorage", "indexedDB", "document.cookie"];
        let code = ["eval(", "new Function", "postMessage", "__proto__"];
        let markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"];
        for wrong in [keeping, code, markup].concat() {
            assert!(!script.contains(wrong), "{wrong}");
        }
    }

    #[test]
    fn no_asset_needs_another_host_or_style_in_place() {
        for served in SERVED.iter() {
            for wrong in ["https://", "http://", "@import", "data:", "style="] {
                let content = served.content.replace("http://www.w3.org/2000/svg", "");
                assert!(!content.contains(wrong), "{:?}: {wrong}", served.asset);
            }
        }
    }
}
