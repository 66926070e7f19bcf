//! Bodies of forms with files (multipart) and of plain ones. The first line is the content type.
#![no_main]

use actix_web::FromRequest;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use actix_web::rt::{System, SystemRunner};
use actix_web::test::TestRequest;
use libfuzzer_sys::fuzz_target;
use portal::http::Upload;
use portal::web::Fields;

const BYTES_MAX: usize = 64 * 1024;

thread_local! {
    static SYSTEM: SystemRunner = System::new();
}

async fn receive(kind: HeaderValue, body: &[u8]) {
    let sent = || {
        let request = TestRequest::post()
            .insert_header((CONTENT_TYPE, kind.clone()))
            .insert_header((CONTENT_LENGTH, HeaderValue::from(body.len())));
        request.set_payload(body.to_vec()).to_http_parts()
    };
    let (request, mut payload) = sent();
    if let Ok(upload) = Upload::from_request(&request, &mut payload).await
        && let Ok(received) = upload.receive(BYTES_MAX).await
    {
        let files: usize = received.files.iter().map(|file| file.bytes.len()).sum();
        assert!(files <= BYTES_MAX && received.fields.len() + received.files.len() <= 100, "within the limits");
    }
    let (request, payload) = sent();
    if let Ok((fields, _)) = Fields::receive(&request, payload, BYTES_MAX).await {
        assert!(fields.pairs().count() <= 10_000 && fields.pairs().all(|(_, value)| !value.contains('\0')));
    }
}

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |byte| *byte == b'\n');
    let (kind, body) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Ok(kind) = HeaderValue::from_bytes(kind) else { return };
    SYSTEM.with(|system| system.block_on(receive(kind, body)));
});
