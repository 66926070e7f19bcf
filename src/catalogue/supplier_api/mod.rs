//! REST for supplier staff: products, their units, assortments.

pub mod assortments;
pub mod products;
pub mod units;

use utoipa_actix_web::service_config::ServiceConfig;

/// Its part of the route table.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(products::list_products)
        .service(products::create_product)
        .service(products::get_product)
        .service(products::change_product)
        .service(units::create_unit)
        .service(units::get_unit)
        .service(units::change_unit)
        .service(units::remove_unit)
        .service(assortments::list_assortment)
        .service(assortments::put_assortment)
        .service(assortments::get_assortment_row)
        .service(assortments::change_assortment_row)
        .service(assortments::remove_assortment_row);
}
