//! Charts of few numbers, of none, and of hostile names.

use super::*;
use crate::languages::Language;
use crate::web::Theme;

fn shell() -> Shell {
    Shell::anonymous(Language::En, Theme::System, "/")
}

fn figures(amounts: &[i64]) -> Vec<Figure> {
    let figure = |(place, amount): (usize, &i64)| Figure::new(format!("<{place}>"), *amount, format!("{amount} x"));
    amounts.iter().enumerate().map(figure).collect()
}

fn caption() -> Caption {
    Caption::new("Spend & more", "Most in <3>.")
}

#[test]
fn bars_stand_on_zero_and_say_their_numbers_twice() {
    let heads = ["Month".to_owned(), "Spend".to_owned()];
    let bars = Bars::new(&shell(), caption(), heads, figures(&[0, 50, 100, -20]), |n| {
        format!("{n} x")
    });
    let blocks: Vec<_> = bars.blocks.iter().map(|block| (block.y, block.height)).collect();
    // From 100 down to -20: zero lies at five sixths.
    assert_eq!(blocks, [(833, 0), (416, 417), (0, 833), (833, 167)]);
    let html = bars.to_string();
    assert!(
        html.contains("Spend &#38; more") && html.contains("Most in &#60;3&#62;."),
        "{html}"
    );
    assert_eq!(html.matches("100 x").count(), 3, "scale, pointer, table: {html}");
    assert!(!html.contains("style="));
}

#[test]
fn nothing_at_all_can_be_drawn() {
    let heads = ["Month".to_owned(), "Spend".to_owned()];
    let shell = shell();
    for chart in [
        Bars::new(&shell, caption(), heads.clone(), Vec::new(), |n| n.to_string()).to_string(),
        Bars::new(&shell, caption(), heads, figures(&[0, 0]), |n| n.to_string()).to_string(),
        Share::new(&shell, caption(), Vec::new()).to_string(),
        Ranking::new(caption(), Vec::new()).to_string(),
        Meter::new(caption(), 5, 0, Tone::Bad).to_string(),
        Gauge::new("None.", 0, 0).to_string(),
    ] {
        assert!(!chart.contains("NaN") && !chart.contains("-1"), "{chart}");
    }
}

#[test]
fn the_second_line_is_dashed_and_every_number_is_in_the_table() {
    let line = |name: &str, amounts: &[i64]| Series {
        name: name.to_owned(),
        values: amounts.iter().map(|amount| (*amount, format!("{amount} x"))).collect(),
    };
    let labels = vec!["Jan".to_owned(), "Feb".to_owned()];
    let series = vec![line("This year", &[10, 20]), line("Last year", &[7, 9])];
    let html = Lines::new(&shell(), caption(), "Month".to_owned(), labels, series, |n| {
        n.to_string()
    })
    .to_string();
    assert!(html.contains("class=\"line l2\""), "{html}");
    for number in ["10 x", "20 x", "7 x", "9 x"] {
        assert!(html.contains(number), "{number}: {html}");
    }
}

#[test]
fn parts_fill_the_whole() {
    let values = figures(&[1, 1, 1, 0])
        .into_iter()
        .map(|figure| (figure, None))
        .collect();
    let share = Share::new(&shell(), caption(), values);
    let parts: Vec<_> = share.parts.iter().map(|part| (part.from, part.length)).collect();
    assert_eq!(parts, [(0, 333), (333, 333), (666, 334)]);
    assert!(share.to_string().contains("33\u{a0}%"), "{share}");
}

#[test]
fn a_meter_is_full_from_its_limit_on() {
    let length = |used, limit| Meter::new(caption(), used, limit, Tone::Ok).length;
    assert_eq!(
        [
            length(0, 10),
            length(5, 10),
            length(12, 10),
            length(-3, 10),
            length(0, 0)
        ],
        [0, 500, 1000, 0, 1000]
    );
}
