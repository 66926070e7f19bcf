//! Papers as answers.

use std::borrow::Cow;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};

/// A paper, to be shown or kept.
#[derive(Debug)]
pub struct Pdf {
    /// Of ASCII letters, digits, `-` and `.` alone.
    pub file_name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl From<Pdf> for HttpResponse {
    fn from(pdf: Pdf) -> Self {
        Self::Ok()
            .content_type("application/pdf")
            .insert_header((CONTENT_DISPOSITION, format!("inline; filename=\"{}\"", pdf.file_name)))
            .body(pdf.bytes)
    }
}

impl utoipa::PartialSchema for Pdf {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .into()
    }
}

impl utoipa::ToSchema for Pdf {
    fn name() -> Cow<'static, str> {
        "Pdf".into()
    }
}
