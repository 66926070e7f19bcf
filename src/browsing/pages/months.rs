//! How much of an article an account ordered month by month, as a chart.

use chrono::{Datelike, NaiveDate};

use crate::catalogue::rules::Article;
use crate::catalogue::words::amount;
use crate::web::Shell;
use crate::web::charts::{Bars, Caption, Figure};

/// How much of it was ordered by month; nothing where nothing was.
pub(super) fn months(shell: &Shell, article: &Article, months: &[(NaiveDate, i64)]) -> Option<Bars> {
    let language = shell.language;
    let text = |steps| amount(language, article.base_quantity(steps), &article.base_unit);
    let sum = months.iter().fold(0_i64, |sum, (_, steps)| sum.saturating_add(*steps));
    if sum == 0 {
        return None;
    }
    let name = |month: NaiveDate| shell.t(&format!("month-short-{}", month.month()));
    let values = months.iter();
    let values = values.map(|(month, steps)| Figure::new(name(*month), *steps, text(*steps)));
    Some(Bars::new(
        shell,
        Caption::new(
            shell.t("word-spend"),
            shell.t1("product-months-finding", "sum", text(sum)),
        ),
        [shell.t("word-month"), shell.t("word-quantity")],
        values.collect(),
        |steps| language.quantity(article.base_quantity(steps)),
    ))
}
