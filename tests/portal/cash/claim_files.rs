//! Photos and papers of claims: taken for what is in them, given out so that nothing of them runs.

use serde_json::json;

use super::{Shop, id, line};
use crate::client::{Answer, Client};

/// A picture of so many points.
pub(super) fn png(width: u32, height: u32) -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], kind, data, &[0; 4]].concat()
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"IDAT", &[1, 2, 3]),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

async fn send_files(client: &Client, claim: &str, files: &[(&str, Vec<u8>)]) -> Answer {
    send_to(client, &format!("/claims/{claim}/files"), files).await
}

pub(super) async fn send_to(client: &Client, path: &str, files: &[(&str, Vec<u8>)]) -> Answer {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(b"--b--\r\n");
    let kind = [("content-type", "multipart/form-data; boundary=b")];
    client.send_bytes(path, &kind, body).await
}

#[tokio::test]
async fn files_are_taken_for_what_is_in_them() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "1")]).await;
    let claim = shop
        .claim(&shipment, "damaged", "credit", json!([{"position": 1}]))
        .await;
    let picture = png(800, 600);
    let added = send_files(
        &shop.gold,
        id(&claim),
        &[("../Schaden \u{202e}1.html", picture.clone())],
    )
    .await
    .expect(201);
    assert_eq!(
        (&added["files"][0]["name"], &added["files"][0]["media_type"]),
        (&json!("Schaden 1.html.png"), &json!("image/png"))
    );
    let path = format!("/claim-files/{}", id(&added["files"][0]));
    let taken = shop.gold.get(&path).await;
    assert_eq!((taken.status, &taken.bytes), (200, &picture));
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
    ] {
        assert_eq!(taken.header(name), value);
    }
    assert!(
        taken
            .header("content-disposition")
            .starts_with("attachment; filename=\"Schaden 1.html.png\"")
    );
    assert_eq!(shop.silver.get(&path).await.status, 404);
    assert_eq!(shop.service.get(&format!("/supplier{path}")).await.bytes, picture);

    let html = b"<html><script>alert(1)</script></html>".to_vec();
    let hostile = [
        ("photo.png", html),
        (
            "photo.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
        ),
        ("huge.png", png(10_000, 10_000)),
        ("cut.png", png(10, 10)[..30].to_vec()),
        ("empty.jpg", Vec::new()),
    ];
    let faults = send_files(&shop.gold, id(&claim), &hostile).await.faults();
    let expected: Vec<_> = (0..5)
        .map(|place| (format!("/files/{place}"), "file_refused".to_owned()))
        .collect();
    assert_eq!(faults, expected);
    let large = vec![0; 11 * 1024 * 1024];
    let faults = send_files(&shop.gold, id(&claim), &[("large.png", large)])
        .await
        .faults();
    assert_eq!(faults, [("/files/0".to_owned(), "file_refused".to_owned())]);
    // A bomb of a PDF is a PDF: nobody here unpacks it.
    let bomb = b"%PDF-1.7\n1 0 obj<</Length 9/Filter[/FlateDecode/FlateDecode/FlateDecode]>>stream\nx\nendstream\nstartxref\n0\n%%EOF".to_vec();
    send_files(&shop.gold, id(&claim), &[("bomb.pdf", bomb)])
        .await
        .expect(201);
    let many: Vec<_> = (1..=9).map(|width| ("a.png", png(width, 1))).collect();
    send_files(&shop.gold, id(&claim), &many)
        .await
        .problem(409, "too_many_files");
    assert_eq!(shop.claim_now(&claim).await["files"].as_array().unwrap().len(), 2);
    // What the account sends leaves the supplier its room.
    send_files(&shop.gold, id(&claim), &many[1..]).await.expect(201);
    let path = format!("/supplier/claims/{}/files", id(&claim));
    let added = send_to(&shop.service, &path, &[("b.png", png(1, 1))]).await.expect(201);
    assert_eq!(added["files"].as_array().unwrap().len(), 11);
    send_files(&shop.gold, id(&claim), &[("c.png", png(1, 9))])
        .await
        .problem(409, "too_many_files");
    assert_eq!(
        send_files(&shop.silver, id(&claim), &[("a.png", png(1, 1))])
            .await
            .status,
        404
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn a_file_that_comes_again_is_kept_once() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "1")]).await;
    let claim = shop
        .claim(&shipment, "damaged", "credit", json!([{"position": 1}]))
        .await;
    let twice = [("a.png", png(3, 4)), ("the same.png", png(3, 4)), ("b.png", png(4, 3))];
    for _ in 0..3 {
        let sent = send_files(&shop.gold, id(&claim), &twice).await.expect(201);
        assert_eq!(sent["files"].as_array().unwrap().len(), 2, "{sent}");
    }
    // Of the other side it is another one, and of another claim, too.
    let path = format!("/supplier/claims/{}/files", id(&claim));
    let answered = send_to(&shop.service, &path, &twice[..1]).await.expect(201);
    assert_eq!(answered["files"].as_array().unwrap().len(), 3);
    let other = shop.shipped(&[line("RARE", "H87", "1")]).await;
    let other = shop.claim(&other, "damaged", "credit", json!([{"position": 1}])).await;
    let sent = send_files(&shop.gold, id(&other), &twice).await.expect(201);
    assert_eq!(sent["files"].as_array().unwrap().len(), 2);
    shop.app.finish().await;
}
