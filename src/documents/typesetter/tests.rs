//! Papers of every kind are typeset in every run: what stands on their pages, and that archives take them.

use proptest::prelude::*;
use typst::layout::{Frame, FrameItem};

use super::*;
use crate::documents::samples;
use crate::languages::Language;

fn built_in() -> Typesetter {
    Typesetter::new(None).expect("the built-in templates are there")
}

fn pdf(paper: &Paper) -> Vec<u8> {
    built_in().pdf(paper).expect("the built-in templates are good")
}

fn holds(pdf: &[u8], what: &str) -> bool {
    pdf.windows(what.len()).any(|window| window == what.as_bytes())
}

/// The text of each page.
fn pages(paper: &Paper) -> Vec<String> {
    let typesetter = built_in();
    let typeset = typesetter.typeset(paper, Alphabet::default()).expect("typeset");
    assert_eq!(typeset.warnings, Vec::<String>::new());
    let pages = typeset.document.pages().iter().map(|page| {
        let mut text = String::new();
        read(&page.frame, &mut text);
        text
    });
    pages.collect()
}

fn read(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => read(&group.frame, text),
            FrameItem::Text(item) => {
                text.push_str(&item.text);
                text.push(' ');
            }
            _ => {}
        }
    }
}

#[test]
fn every_kind_is_a_pdf_for_archives_in_every_language() {
    for language in Language::ALL {
        for paper in samples::all(language) {
            let pdf = pdf(&paper);
            assert!(pdf.starts_with(b"%PDF-1.7"));
            let lang = format!("<dc:language><rdf:Bag><rdf:li>{}<", language.name());
            for wanted in [
                "<pdfaid:part>3<",
                "<pdfaid:conformance>B<",
                "/StructTreeRoot",
                "/OutputIntents",
                "Northwind Fasteners BV",
                &lang,
            ] {
                assert!(holds(&pdf, wanted), "{} lacks {wanted}", paper.file_name());
            }
        }
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    for paper in samples::all(Language::De) {
        assert!(pdf(&paper) == pdf(&paper), "{}", paper.file_name());
    }
}

#[test]
fn an_invoice_tells_both_numbers_units_prices_tax_and_terms() {
    let pages = pages(&samples::invoice(Language::En, 2));
    let [page] = pages.as_slice() else {
        panic!("{} pages", pages.len());
    };
    for wanted in [
        "Invoice 2026-000123",
        "Your order no.",
        "PO-11873/B",
        "Your no. 4711-0001",
        "Our no. BOLT-1",
        "GTIN 04006381333931",
        "12 cartons",
        "2,400 pieces",
        "7.333",
        "/ 100 pieces",
        "21 %",
        "62.34",
        "Net EUR",
        "Total EUR",
        "13 Apr 2026",
        "30 days",
        "NL91 ABNA 0417 1643 00",
        "ABNANL2A",
        "NL004495445B01",
        "GERMANY",
        "Page 1 of 1",
    ] {
        let page = page.replace('\u{a0}', " ");
        assert!(page.contains(wanted), "{wanted} is not in {page}");
    }
}

#[test]
fn what_is_markup_elsewhere_prints_as_it_is() {
    let page = pages(&samples::invoice(Language::De, 3)).concat();
    assert!(page.contains(r"Kabel #3 *rot* _fett_ @anna $5 <a> \n [x] //"), "{page}");
}

#[test]
fn letters_of_many_scripts_are_drawn_and_the_others_show_that_something_stood_there() {
    let mut paper = samples::order(Language::En, 1);
    if let Document::OrderConfirmation(order) = &mut paper.document {
        order.texts = vec![(
            "note",
            "Größe Болт Ελλάδα שלום 螺栓 👩\u{200d}🔧 x\u{1e8d6}y \u{2041} €".to_owned(),
        )];
    }
    let page = pages(&paper).concat();
    let drawn = page
        .split("Your note:")
        .nth(1)
        .unwrap_or_default()
        .replace('\u{a0}', " ");
    for wanted in ["Größe", "Болт", "Ελλάδα", "שלום", "□□", "xy", "€"] {
        assert!(drawn.contains(wanted), "{wanted} is not in {drawn}");
    }
}

#[test]
fn currencies_keep_their_decimals_and_a_supply_abroad_its_reason() {
    for (currency, total) in [("JPY", "22.404"), ("EUR", "224,04"), ("KWD", "22,404")] {
        let page = pages(&samples::invoice_in(Language::De, 3, currency, &samples::tax("K", 0))).concat();
        for wanted in [total, "innergemeinschaftliche Lieferung", "VATEX-EU-IC"] {
            assert!(page.contains(wanted), "{wanted} is not in {page}");
        }
    }
}

#[test]
fn lines_stay_whole_on_as_many_pages_as_they_need() {
    let count = 130;
    let pages = pages(&samples::invoice(Language::De, count));
    assert!(pages.len() > 5, "{} pages", pages.len());
    let mut found = 0;
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains("Netto EUR"), "page {index} has no head: {page}");
        assert!(
            page.contains(&format!("Seite {} von {}", index + 1, pages.len())),
            "{page}"
        );
        for position in 1..=count {
            if page.contains(&format!("Unsere Nr.\u{a0}BOLT-{position} ")) {
                found += 1;
                let net = format!("{:.2}", f64::from(position * 1_234 + 5_000) / 100.0);
                assert!(
                    page.contains(&Language::De.decimal(net)),
                    "line {position} is torn: {page}"
                );
            }
        }
    }
    assert_eq!(found, count, "every line stands on one page");
    let last = pages.last().expect("a page");
    assert!(last.contains("Gesamtbetrag EUR") && last.contains(&format!("BOLT-{count}")));
}

#[test]
fn a_delivery_note_tells_no_price() {
    let page = pages(&samples::delivery(Language::En, 3)).concat();
    assert!(page.contains("12 cartons") && page.contains("00340434161094042557"));
    assert!(!page.contains("7.333") && !page.contains("EUR"), "{page}");
}

#[test]
fn a_delivery_note_says_what_lies_in_which_package() {
    let page = pages(&samples::delivery(Language::En, 3)).concat();
    for wanted in ["Mo-Fr 08:00-12:00", "Packages", "400 × 300 mm", "12.5", "Carton"] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}

#[test]
fn each_package_has_its_label_on_a_page_of_its_own() {
    let pages = pages(&samples::deliveries::labels(Language::De, 3));
    assert_eq!(pages.len(), 3, "{pages:?}");
    for (place, page) in (1..).zip(&pages) {
        assert!(
            page.contains("(00)106141411234567897") && page.contains(&format!("{place} / 3")),
            "{page}"
        );
    }
}

#[test]
fn a_pick_list_says_where_things_lie() {
    let page = pages(&samples::deliveries::pick_list(Language::En, 3)).concat();
    assert!(page.contains("A-01-3") && page.contains("10482 / 2"), "{page}");
}

#[test]
fn very_long_papers_work() {
    let pdf = pdf(&samples::invoice(Language::De, 1_200));
    assert!(!holds(&pdf, "/StructTreeRoot"), "tags would double its size many times");
}

/// A data directory with one file in a folder.
fn data_dir(folder: &str, name: &str, text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join(folder)).expect("a folder in it");
    std::fs::write(dir.path().join(folder).join(name), text).expect("a file");
    dir
}

#[test]
fn templates_of_the_operator_replace_the_built_in_ones() {
    let dir = data_dir("templates", "invoice.typ", "#json(\"paper.json\").number");
    let typesetter = Typesetter::new(Some(dir.path())).expect("readable");
    let own = typesetter.pdf(&samples::invoice(Language::En, 1)).expect("good");
    assert!(own.len() < pdf(&samples::invoice(Language::En, 1)).len());
    // Title, author and date are there without the template's doing.
    assert!(holds(&own, "Invoice 2026-000123") && holds(&own, "Northwind Fasteners BV"));
    typesetter
        .pdf(&samples::order(Language::En, 1))
        .expect("the others stay");
}

#[test]
fn a_broken_template_is_told_by_file_line_and_message() {
    let dir = data_dir("templates", "letter.typ", "\n\n#nonsense\n");
    let typesetter = Typesetter::new(Some(dir.path())).expect("readable");
    let refusal = typesetter.pdf(&samples::invoice(Language::En, 1)).expect_err("broken");
    let message = refusal.to_string();
    assert!(message.contains("letter.typ:3:2: "), "{message}");
    assert!(message.contains("unknown variable: nonsense"), "{message}");
}

#[test]
fn what_is_no_font_is_left_alone() {
    let dir = data_dir("fonts", "readme.txt", "not a font");
    let typesetter = Typesetter::new(Some(dir.path())).expect("readable");
    typesetter.pdf(&samples::invoice(Language::En, 1)).expect("printed");
}

#[test]
fn letters_that_no_font_has_are_told_before_they_are_printed() {
    let mut paper = samples::order(Language::De, 1);
    assert_eq!(built_in().unprintable(&paper), "");
    if let Document::OrderConfirmation(order) = &mut paper.document {
        // Private use: no font of any machine has them.
        order.lines[0].line.article.name = "Schraube \u{f8ff}\u{f0000} M8, кириллица, Ωμέγα".to_owned();
        order.texts = vec![("note", "\u{200d}\u{ad}\u{2003}\u{f0001}".to_owned())];
    }
    assert_eq!(built_in().unprintable(&paper), "\u{f8ff}\u{f0000}\u{f0001}");
}

#[test]
fn fonts_of_the_machine_are_taken_where_they_are() {
    let dir = tempfile::tempdir().expect("a folder");
    let (missing, there) = (dir.path().join("missing.ttc"), dir.path().join("there.ttc"));
    let (font, info) = &EMBEDDED_FONTS[0];
    std::fs::write(&there, font.data().as_slice()).expect("written");
    let found = of_machine([missing.as_path(), &there, &there].into_iter());
    assert_eq!(found.len(), 1, "the first that is there, once");
    assert_eq!(found[0].1.family, info.family);
    assert!(typst_kit::fonts::FontSource::load(&found[0].0).is_some());
    assert!(of_machine([missing.as_path()].into_iter()).is_empty());
}

#[test]
fn scripts_in_an_impossible_mixture_are_printed_in_latin_letters() {
    let mut paper = samples::order(Language::De, 1);
    if let Document::OrderConfirmation(order) = &mut paper.document {
        order.texts = vec![("note", "aߋހ[!\u{101fd}\u{1ee00}".to_owned())];
    }
    pdf(&paper);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_name_stops_an_invoice(name in any::<String>(), note in "\\PC{0,80}") {
        let mut paper = samples::order(Language::De, 1);
        if let Document::OrderConfirmation(order) = &mut paper.document {
            order.lines[0].line.article.name = name;
            order.texts = vec![("note", note)];
        }
        let made = built_in().pdf(&paper).map_err(|error| error.to_string());
        prop_assert_eq!(made.err(), None);
    }
}
