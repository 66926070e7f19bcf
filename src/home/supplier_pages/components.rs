//! Every component in every state on one page, for those who build pages and those who check them: not there where people
//! come by https, as they do wherever the portal is reached from outside.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use askama::Template;

use crate::error::{Error, Result};
use crate::identity::caller::{Desk, MayReadDesk};
use crate::state::AppState;
use crate::web::navigation::{Item, items_of};
use crate::web::{Area, Banner, Chip, Pager, Shape, Shell, Tone};

#[derive(Template)]
#[template(path = "home/templates/components.html")]
struct GalleryPage<'a> {
    shell: &'a Shell,
    chips: Vec<Chip>,
    banners: Vec<Banner>,
    icons: Vec<&'static str>,
    pagers: Vec<Pager>,
    /// Portal and desk with their navigation.
    areas: [(&'static str, Vec<Item>); 2],
}

/// Names of the icons in the sprite.
fn icon_names() -> Vec<&'static str> {
    let symbols = include_str!("../../web/assets/icons.svg")
        .split("<symbol id=\"")
        .skip(1);
    symbols.filter_map(|symbol| symbol.split('"').next()).collect()
}

/// The components.
#[get("/desk/components")]
pub async fn gallery(state: Data<AppState>, desk: Desk<MayReadDesk>) -> Result<HttpResponse> {
    if state.is_https {
        return Err(Error::NotFound);
    }
    let shell = &desk.shell;
    let chips = Tone::ALL.iter().flat_map(|tone| {
        Shape::ALL
            .iter()
            .map(|shape| Chip::new(*tone, *shape, format!("{} {}", tone.name(), shape.name())))
    });
    let banner = |tone: &Tone| Banner::new(*tone, shell.t("gallery-banner")).with_details([shell.t("gallery-detail")]);
    let pager = |cursor, next| Pager::new(shell, "/desk/components", &[], cursor, next, shell.t("gallery-shown"));
    let mut pagers = vec![
        pager(None, None),
        pager(None, Some("a")),
        pager(Some("a"), Some("b")),
        pager(Some("a"), None),
    ];
    for (number, pager) in pagers.iter_mut().enumerate() {
        // A page has one; here each needs a name of its own.
        pager.words[2] = format!("{} {}", pager.words[2], number + 1);
    }
    let page = GalleryPage {
        shell,
        chips: chips.collect(),
        banners: Tone::ALL.iter().map(banner).collect(),
        icons: icon_names(),
        pagers,
        areas: [("Portal", Area::Portal), ("Desk", Area::Desk)].map(|(name, area)| (name, items_of(shell, area))),
    };
    shell.page(&page)
}
