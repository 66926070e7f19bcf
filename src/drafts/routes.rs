//! Which handlers are served.

use actix_web::web;

use super::pages;

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::quick_order::quick_order)
        .service(pages::quick_order::type_line)
        .service(pages::lists::paste)
        .service(pages::lists::take_paste)
        .service(pages::lists::upload)
        .service(pages::lists::take_upload)
        .service(pages::lists::check)
        .service(pages::lists::sample)
        .service(pages::articles::suggest)
        .service(pages::articles::add)
        .service(pages::shelf::list)
        .service(pages::shelf::create)
        .service(pages::shelf::rename)
        .service(pages::shelf::copy)
        .service(pages::shelf::confirm_delete)
        .service(pages::shelf::delete)
        .service(pages::quick_order::show_draft)
        .service(pages::changing::change_lines)
        .service(pages::preview::show_preview)
        .service(pages::preview::save)
        .service(pages::preview::place)
        .service(pages::confirmation::confirmation)
        .service(pages::confirmation::print)
        .service(pages::reordering::reorder);
}
