//! Charts as values that templates print: SVG with a title and one sentence that says what there is to see, and the
//! same numbers as a table.
//!
//! - [`Bars`]: an amount for each month, day, step
//! - [`Lines`]: up to four amounts over time, the second dashed
//! - [`Ranking`]: amounts by name, the largest first
//! - [`Share`]: parts of a whole
//! - [`Meter`]: how much of a limit is used
//! - [`Gauge`]: the same beside a number in a table
//!
//! Amounts are whole numbers (minor units, base steps, counts) beside the text the reader gets of them. Every scale
//! begins at zero. Drawings stretch to the width there is, so words stand beside them, not in them; colours come from
//! the sheet, for the policy of the pages lets no drawing bring its own.

mod scale;

use askama::Template;
use askama::filters::HtmlSafe;

use self::scale::{HEIGHT, SLOT, Scale, label_every};
use super::Shell;
use super::components::Tone;

/// A number of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Which: `Mar`, `On hold`.
    pub label: String,
    /// How much, as a whole number.
    pub amount: i64,
    /// The same as the reader reads it.
    pub text: String,
}

impl Figure {
    /// A number.
    pub fn new(label: impl Into<String>, amount: i64, text: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            amount,
            text: text.into(),
        }
    }
}

/// What a chart is called and what there is to see in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// `Spend over the last 12 months`
    pub title: String,
    /// One sentence: `Highest in March with EUR 12,300.00.`
    pub finding: String,
}

impl Caption {
    /// A title and its sentence.
    pub fn new(title: impl Into<String>, finding: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            finding: finding.into(),
        }
    }
}

/// A rectangle and what a pointer over it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    title: String,
}

/// The words beside a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Frame {
    caption: Caption,
    /// Where the values are, as the reader opens them: `Figures`.
    figures: String,
    /// Top of the scale and its half.
    top: String,
    half: String,
    /// Below the slots; empty where there is no room.
    labels: Vec<String>,
    width: i64,
    zero: i64,
    half_at: i64,
}

impl Frame {
    fn new(shell: &Shell, caption: Caption, labels: Vec<String>, scale: &Scale, text: &dyn Fn(i64) -> String) -> Self {
        let every = label_every(labels.len());
        let slots = i64::try_from(labels.len().max(1)).unwrap_or(i64::MAX);
        Self {
            caption,
            figures: shell.t("chart-figures"),
            top: text(scale.top),
            half: text(scale.top / 2),
            labels: labels
                .into_iter()
                .enumerate()
                .map(|(place, label)| if place % every == 0 { label } else { String::new() })
                .collect(),
            width: slots.saturating_mul(SLOT),
            zero: scale.y(0),
            half_at: scale.y(scale.top / 2),
        }
    }
}

/// A bar for each value, in the order they are given.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "web/templates/chart_bars.html")]
pub struct Bars {
    frame: Frame,
    /// What the labels and what the amounts are.
    heads: [String; 2],
    blocks: Vec<Block>,
    values: Vec<Figure>,
}

impl HtmlSafe for Bars {}

impl Bars {
    /// Bars of `values`; `heads` says what labels and amounts are, `text` writes an amount of the scale.
    pub fn new(
        shell: &Shell,
        caption: Caption,
        heads: [String; 2],
        values: Vec<Figure>,
        text: impl Fn(i64) -> String,
    ) -> Self {
        let scale = Scale::of(values.iter().map(|value| value.amount));
        let blocks = values.iter().zip(0_i64..).map(|(value, place)| {
            let (from, to) = (scale.y(value.amount), scale.y(0));
            Block {
                x: place * SLOT + SLOT / 5,
                y: from.min(to),
                width: SLOT * 3 / 5,
                height: (from - to).abs(),
                title: format!("{}: {}", value.label, value.text),
            }
        });
        Self {
            blocks: blocks.collect(),
            frame: Frame::new(
                shell,
                caption,
                values.iter().map(|value| value.label.clone()).collect(),
                &scale,
                &text,
            ),
            heads,
            values,
        }
    }
}

/// A line of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    /// Amount and text for each label.
    pub values: Vec<(i64, String)>,
}

/// Up to four lines over the same labels.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "web/templates/chart_lines.html")]
pub struct Lines {
    frame: Frame,
    head: String,
    series: Vec<Series>,
    points: Vec<String>,
    /// A row for each label.
    rows: Vec<(String, Vec<String>)>,
}

impl HtmlSafe for Lines {}

impl Lines {
    /// Lines over `labels`; `head` says what the labels are, `text` writes an amount of the scale. Lines behind the
    /// fourth are left to the table.
    pub fn new(
        shell: &Shell,
        caption: Caption,
        head: String,
        labels: Vec<String>,
        series: Vec<Series>,
        text: impl Fn(i64) -> String,
    ) -> Self {
        let scale = Scale::of(
            series
                .iter()
                .flat_map(|line| line.values.iter().map(|(amount, _)| *amount)),
        );
        let points = |line: &Series| {
            let places = line.values.iter().zip(0_i64..);
            let points: Vec<_> = places
                .map(|((amount, _), place)| format!("{},{}", place * SLOT + SLOT / 2, scale.y(*amount)))
                .collect();
            points.join(" ")
        };
        let cell = |line: &Series, place: usize| {
            line.values
                .get(place)
                .map_or_else(String::new, |(_, text)| text.clone())
        };
        Self {
            points: series.iter().take(4).map(points).collect(),
            rows: labels
                .iter()
                .enumerate()
                .map(|(place, label)| (label.clone(), series.iter().map(|line| cell(line, place)).collect()))
                .collect(),
            frame: Frame::new(shell, caption, labels, &scale, &text),
            head,
            series,
        }
    }
}

/// A row of a [`Ranking`] or a [`Share`].
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    figure: Figure,
    /// Where it begins and how long it is, in parts of a thousand.
    from: i64,
    length: i64,
    /// `41 %`
    percent: String,
    /// Leads to what it counts.
    path: Option<String>,
    /// 1 to 4, then again.
    colour: usize,
}

/// Horizontal bars with their names, as many as are given, in that order.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "web/templates/chart_ranking.html")]
pub struct Ranking {
    caption: Caption,
    parts: Vec<Part>,
}

impl HtmlSafe for Ranking {}

impl Ranking {
    /// Bars of `values`, each perhaps a link to what it counts. They name their numbers, so there is no table.
    pub fn new(caption: Caption, values: Vec<(Figure, Option<String>)>) -> Self {
        let top = values.iter().map(|(figure, _)| figure.amount).max().unwrap_or(0).max(1);
        let part = |(figure, path): (Figure, Option<String>)| Part {
            from: 0,
            length: scale::thousandths(figure.amount.max(0), top),
            percent: String::new(),
            path,
            colour: 1,
            figure,
        };
        Self {
            caption,
            parts: values.into_iter().map(part).collect(),
        }
    }
}

/// Parts of a whole as one bar with a list below.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "web/templates/chart_share.html")]
pub struct Share {
    caption: Caption,
    parts: Vec<Part>,
}

impl HtmlSafe for Share {}

impl Share {
    /// The parts that are above zero, each perhaps a link to what it counts.
    pub fn new(shell: &Shell, caption: Caption, values: Vec<(Figure, Option<String>)>) -> Self {
        let shown = values.into_iter().filter(|(figure, _)| figure.amount > 0);
        let shown: Vec<_> = shown.collect();
        let whole = shown
            .iter()
            .fold(0_i64, |sum, (figure, _)| sum.saturating_add(figure.amount));
        let mut before = 0_i64;
        let mut parts = Vec::new();
        for (place, (figure, path)) in shown.into_iter().enumerate() {
            let from = scale::thousandths(before, whole);
            before = before.saturating_add(figure.amount);
            let percent = scale::thousandths(figure.amount, whole.max(1));
            parts.push(Part {
                from,
                length: scale::thousandths(before, whole) - from,
                // Parts of a million: a thousandth is a tenth of a percent.
                percent: shell.language.percent((percent + 5) / 10 * 10_000),
                path,
                colour: place % 4 + 1,
                figure,
            });
        }
        Self { caption, parts }
    }
}

/// How much of a limit is used.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "web/templates/chart_meter.html")]
pub struct Meter {
    caption: Caption,
    length: i64,
    tone: Tone,
}

impl HtmlSafe for Meter {}

impl Meter {
    /// `used` of `limit`, both in the same whole numbers; full from the limit on. The sentence says both.
    pub fn new(caption: Caption, used: i64, limit: i64, tone: Tone) -> Self {
        Self {
            caption,
            length: filled(used, limit),
            tone,
        }
    }
}

/// How much of a limit is used, for the cell of a table: the number stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r#"<svg class="gauge" role="img" aria-label="{{ finding }}" width="96" height="8" viewBox="0 0 1000 8" preserveAspectRatio="none"><rect class="track" width="1000" height="8"/><rect class="fill" width="{{ length }}" height="8"/></svg>"#,
    ext = "html"
)]
pub struct Gauge {
    finding: String,
    length: i64,
}

impl HtmlSafe for Gauge {}

impl Gauge {
    /// `used` of `limit`, both in the same whole numbers, with a sentence for those who don't see it.
    pub fn new(finding: impl Into<String>, used: i64, limit: i64) -> Self {
        Self {
            finding: finding.into(),
            length: filled(used, limit),
        }
    }
}

/// The filled part of a drawing 1,000 wide: full from the limit on.
fn filled(used: i64, limit: i64) -> i64 {
    match limit {
        ..=0 => HEIGHT,
        limit => scale::thousandths(used.clamp(0, limit), limit),
    }
}

#[cfg(test)]
mod tests;
