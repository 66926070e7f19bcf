//! Files and forms made to hurt: each is refused for what it is, and the portal goes on.

use std::io::{Cursor, Write};

use reqwest::Method;
use rust_xlsxwriter::{Format, Workbook};

use crate::browser::{Browser, Shown};
use crate::pages::quick_order::shop;

/// The form of the upload page with this file and the name of a sheet.
async fn upload(buyer: &Browser, bytes: &[u8], sheet: &str) -> Shown {
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"draft\"\r\n\r\n\r\n--b\r\n\
         Content-Disposition: form-data; name=\"sheet\"\r\n\r\n{sheet}\r\n--b\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"list.xlsx\"\r\n\r\n"
    );
    send(buyer, [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat()).await
}

async fn send(buyer: &Browser, body: Vec<u8>) -> Shown {
    let request = buyer.request(Method::POST, "/quick-order/upload");
    let request = request.header("content-type", "multipart/form-data; boundary=b");
    buyer
        .send(request.header("sec-fetch-site", "same-origin").body(body))
        .await
}

/// The parts of a workbook, each changed by `change`.
fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let text = std::io::read_to_string(part).unwrap();
        to.start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        to.write_all(change(&name, text).as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A workbook as spreadsheets write it: a hidden sheet first, then a list with a hidden row, then another sheet.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let old = book.add_worksheet().set_name("Old").unwrap();
    old.write_string(0, 0, "NW-71100")
        .unwrap()
        .write_number(0, 1, 999)
        .unwrap();
    old.set_hidden(true);
    let list = book.add_worksheet().set_name("List").unwrap();
    list.set_active(true);
    list.write_string(0, 0, "Part number")
        .unwrap()
        .write_string(0, 1, "Quantity")
        .unwrap();
    list.write_string(1, 0, "NW-40012")
        .unwrap()
        .write_number(1, 1, 16)
        .unwrap();
    list.write_string(2, 0, "NW-40020")
        .unwrap()
        .write_number(2, 1, 4)
        .unwrap();
    list.set_row_hidden(2).unwrap();
    list.write_string(1, 2, "For the workshop").unwrap();
    list.set_column_hidden(2).unwrap();
    let more = book.add_worksheet().set_name("More").unwrap();
    more.write_string(0, 0, "NW-71100")
        .unwrap()
        .write_number(0, 1, 7)
        .unwrap();
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn the_sheet_that_people_see_is_read_and_what_they_do_not_see_is_said() {
    let (_app, buyer) = shop().await;
    let shown = upload(&buyer, &workbook(), "").await;
    assert_eq!(shown.status, 200, "{}", shown.html);
    assert!(
        shown.html.contains("NW-40020") && !shown.html.contains("NW-71100"),
        "{}",
        shown.html
    );
    assert!(
        shown.html.contains("Read from the sheet List. Not read: More."),
        "{}",
        shown.html
    );
    assert!(
        shown.html.contains("1 row that the file hides is among them.")
            && shown.html.contains("1 column that the file hides is among them."),
        "{}",
        shown.html
    );
    let shown = upload(&buyer, &workbook(), "more").await;
    assert!(shown.html.contains("NW-71100"), "{}", shown.html);
    let refused = upload(&buyer, &workbook(), "Old").await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("It has: List, More."), "{}", refused.html);
}

#[tokio::test]
async fn a_day_in_the_column_of_quantities_is_a_fault_that_names_its_cell() {
    let (_app, buyer) = shop().await;
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let list = book.add_worksheet();
    list.write_string(0, 0, "Part number")
        .unwrap()
        .write_string(0, 1, "Quantity")
        .unwrap();
    list.write_string(1, 0, "NW-40012")
        .unwrap()
        .write_number_with_format(1, 1, 46_307, &day)
        .unwrap();
    let refused = upload(&buyer, &book.save_to_buffer().unwrap(), "").await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("Cell B2 holds the day 2026-10-12"),
        "{}",
        refused.html
    );
}

#[tokio::test]
async fn files_made_to_hurt_are_refused_and_the_portal_goes_on() {
    let (_app, buyer) = shop().await;
    let counts = changed(&workbook(), |_, text| {
        let text = text.replace("<sst ", "<sst count=\"4294967295\" ");
        let text = text.replace("uniqueCount=\"", "uniqueCount=\"4294967295");
        text.replace("<dimension ref=\"", "<dimension ref=\"A1:XFD1048576\" was=\"")
    });
    assert_eq!(
        upload(&buyer, &counts, "").await.status,
        200,
        "what is declared is not read"
    );
    let formula = changed(&workbook(), |_, text| {
        text.replace(
            "<v>16</v>",
            "<f t=\"shared\" si=\"4294967295\" ref=\"A1:XFD1048576\">1</f><v>16</v>",
        )
    });
    let entity = changed(&workbook(), |_, text| {
        text.replace("?>", "?><!DOCTYPE x [<!ENTITY a \"b\">]>")
    });
    let string = changed(&workbook(), |_, text| text.replace("<v>1</v>", "<v>4294967295</v>"));
    let page = b"<html><table><tr><td>NW-40012</td><td>16</td></tr></table></html>".to_vec();
    for (bytes, sentence) in [
        (formula, "Cell B2 holds a formula."),
        (entity, "The file can&#39;t be read."),
        (string, "The file can&#39;t be read."),
        (page, "This is a web page (HTML), whatever its name says."),
        (b"%PDF-1.7".to_vec(), "This is a PDF file."),
        (workbook()[..2_000].to_vec(), "The file can&#39;t be read."),
        (vec![b'x'; 6 * 1024 * 1024], "larger than 5 MB"),
    ] {
        let refused = upload(&buyer, &bytes, "").await;
        assert_eq!(refused.status, 422, "{sentence}: {}", refused.html);
        assert!(refused.html.contains(sentence), "{sentence}: {}", refused.html);
    }
    buyer.page("/quick-order").await;
}

#[tokio::test]
async fn an_upload_ends_at_its_limit_wherever_its_bytes_stand() {
    let (_app, buyer) = shop().await;
    let long = vec![b'x'; 7 * 1024 * 1024];
    let field = "--b\r\nContent-Disposition: form-data; name=\"draft\"\r\n\r\n";
    let part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
    for (what, body) in [
        ("before the first part", long.clone()),
        ("in the head of a part", [b"--b\r\nX-Long: ", long.as_slice()].concat()),
        ("in a text", [field.as_bytes(), &long, b"\r\n--b--\r\n"].concat()),
        ("many parts", part.repeat(5_000).into_bytes()),
        ("no end", field.as_bytes().to_vec()),
    ] {
        let refused = send(&buyer, body).await;
        assert!([400, 413, 422].contains(&refused.status), "{what}: {}", refused.status);
        assert!(refused.html.len() < 20_000, "{what}");
    }
    let announced = buyer.request(Method::POST, "/quick-order/upload");
    let announced = announced.header("content-type", "multipart/form-data; boundary=b");
    let endless = vec![b'x'; 20 * 1024 * 1024];
    let refused = buyer
        .send(announced.header("sec-fetch-site", "same-origin").body(endless))
        .await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn what_is_pasted_makes_no_page_larger_than_itself() {
    let (_app, buyer) = shop().await;
    let tabs = "\t".repeat(600_000);
    for text in [format!("NW-40012{tabs}x"), format!("a\tb\n{}", "x\n".repeat(100_000))] {
        let refused = buyer.post("/quick-order/paste", &[("text", &text)]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.html.len() < text.len() + 20_000, "{}", refused.html.len());
        let refused = buyer
            .post("/quick-order/check", &[("table", &text), ("key", "0")])
            .await;
        assert_eq!(refused.status, 422);
        assert!(refused.html.len() < 20_000, "{}", refused.html.len());
    }
    let heading = "h".repeat(100_000);
    let table = format!("{heading}\tMenge\nNW-40012\t4");
    let form = [
        ("table", table.as_str()),
        ("key", "0"),
        ("quantity", "1"),
        ("header", "1"),
    ];
    let shown = buyer.post("/quick-order/check", &form).await;
    assert_eq!(shown.status, 200);
    assert!(shown.html.len() < 130_000, "{}", shown.html.len());
}

#[tokio::test]
async fn forms_of_people_who_are_not_signed_in_are_small() {
    let (app, _) = shop().await;
    let guest = app.browser();
    let quotes = "\"".repeat(200_000);
    for path in ["/sign-in", "/forgot-password"] {
        let refused = guest.post(path, &[("email", quotes.as_str())]).await;
        assert_eq!(refused.status, 413, "{path}");
        assert!(refused.html.contains("at most 128 KB"), "{path}: {}", refused.html);
    }
    // A form that is too long to wait comes back when its page is loaded again by somebody who is signed in.
    let interrupted = "/sign-in/interrupted?to=/drafts/new";
    let long = [("note", quotes.as_str())];
    let some: Vec<_> = (0..2_001).map(|_| ("note", "x")).collect();
    for form in [&long[..], &some] {
        let refused = guest.post(interrupted, form).await;
        assert_eq!(refused.status, 413);
        assert!(refused.html.contains("What you typed is not lost"), "{}", refused.html);
        assert!(refused.html.len() < 10_000, "{}", refused.html.len());
        let buyer = app.browse_as("NORD", "buyer").await;
        let kept = buyer.post(interrupted, form).await;
        assert_eq!(kept.status, 200);
        assert!(
            kept.html.matches("name=\"note\"").count() == form.len(),
            "{}",
            kept.html.len()
        );
    }
    let many: Vec<_> = (0..20_000).map(|_| ("a", "")).collect();
    let shown = guest.post("/sign-in/interrupted?to=/drafts/new", &many).await;
    assert!([303, 413].contains(&shown.status), "{}", shown.status);
    let kept: Vec<_> = std::iter::once(("to", "/drafts/new"))
        .chain((0..9_000).map(|_| ("kept.a", "")))
        .collect();
    let shown = guest.post("/sign-in", &kept).await;
    assert!(shown.html.len() < 130_000, "{}", shown.html.len());
    // A form that somebody filled in still goes along.
    let shown = guest
        .post("/sign-in/interrupted?to=/drafts/new", &[("note", "Gate 4")])
        .await;
    assert!(shown.html.contains("Gate 4"), "{}", shown.html);
}
