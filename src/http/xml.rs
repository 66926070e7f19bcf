//! Documents for programs as answers.

use std::borrow::Cow;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};

/// A document to be kept.
#[derive(Debug)]
pub struct Xml {
    /// Of ASCII letters, digits, `-` and `.` alone.
    file_name: String,
    bytes: Vec<u8>,
}

impl Xml {
    pub fn new(file_name: String, bytes: Vec<u8>) -> Self {
        Self { file_name, bytes }
    }
}

impl From<Xml> for HttpResponse {
    fn from(xml: Xml) -> Self {
        Self::Ok()
            .content_type("application/xml")
            .insert_header((
                CONTENT_DISPOSITION,
                format!("attachment; filename=\"{}\"", xml.file_name),
            ))
            .body(xml.bytes)
    }
}

impl utoipa::PartialSchema for Xml {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .into()
    }
}

impl utoipa::ToSchema for Xml {
    fn name() -> Cow<'static, str> {
        "Xml".into()
    }
}
