//! What needs the people of an account, a sentence each.

use crate::home::rules::{Credit, credit};
use crate::home::standing::{OpenDraft, ROWS, Standing};
use crate::money::Money;
use crate::web::{Chip, Shape, Shell, Tone};

/// Something to do, and where.
pub(super) struct Need {
    pub chip: Chip,
    pub text: String,
    pub path: String,
    pub step: String,
}

/// What needs somebody, the worst first. `may_order`: the reader changes drafts; `may_manage`: they accept contracts.
pub(super) fn needs(shell: &Shell, standing: &Standing, (may_order, may_manage): (bool, bool)) -> Vec<Need> {
    let mut needs = Vec::new();
    let money = |minor| shell.money(Money::new(minor, standing.terms.currency));
    let due = &standing.due;
    if due.overdue > 0 {
        needs.push(Need {
            chip: Chip::new(Tone::Bad, Shape::Diamond, shell.t("home-overdue")),
            text: shell.t2(
                "home-overdue-text",
                "count",
                due.overdue,
                "sum",
                money(due.overdue_minor),
            ),
            path: "/invoices".to_owned(),
            step: shell.t("home-to-invoices"),
        });
    }
    for held in standing.held.iter().take(rows()) {
        let key = if held.reasons.contains("overdue") {
            "home-held-overdue"
        } else if held.reasons.contains("credit_limit") {
            "home-held-credit"
        } else {
            "home-held-text"
        };
        needs.push(Need {
            chip: Chip::new(Tone::Bad, Shape::Diamond, shell.t("home-held")),
            text: shell.t2(key, "number", held.number.to_string(), "po", held.po_number.as_str()),
            path: format!("/orders/{}", held.id),
            step: shell.t1("home-to-order", "number", held.number.to_string()),
        });
    }
    if standing.held.len() > rows() {
        let chip = Chip::new(Tone::Bad, Shape::Diamond, shell.t("home-held"));
        needs.push(more(shell, chip, "home-held-more", "/orders?state=on_hold"));
    }
    needs.extend(credit_need(shell, standing));
    for short in standing.short.iter().take(rows()) {
        let text = shell.language.text_with(
            "home-short-text",
            &[
                ("lines", short.lines.into()),
                ("number", short.number.to_string().into()),
                ("po", short.po_number.as_str().into()),
            ],
        );
        needs.push(Need {
            chip: Chip::new(Tone::Warn, Shape::Half, shell.t("home-short")),
            text,
            path: format!("/orders/{}", short.id),
            step: shell.t1("home-to-order", "number", short.number.to_string()),
        });
    }
    if standing.short.len() > rows() {
        let chip = Chip::new(Tone::Warn, Shape::Half, shell.t("home-short"));
        needs.push(more(shell, chip, "home-short-more", "/orders"));
    }
    if may_manage && due.offered > 0 {
        needs.push(Need {
            chip: Chip::new(Tone::Info, Shape::Ring, shell.t("contract-state-offered")),
            text: shell.t1("home-offered-text", "count", due.offered),
            path: "/contracts?state=offered".to_owned(),
            step: shell.t("home-to-contracts"),
        });
    }
    if may_order {
        let drafts = standing.drafts.iter().take(rows());
        needs.extend(drafts.map(|draft| draft_need(shell, draft)));
    }
    if due.soon > 0 {
        needs.push(Need {
            chip: Chip::new(Tone::Warn, Shape::Ring, shell.t("home-due")),
            text: shell.t2("home-due-text", "count", due.soon, "sum", money(due.soon_minor)),
            path: "/invoices".to_owned(),
            step: shell.t("home-to-invoices"),
        });
    }
    needs
}

/// What is left out of a part, and where all of it is.
fn more(shell: &Shell, chip: Chip, text: &str, path: &str) -> Need {
    Need {
        chip,
        text: shell.t(text),
        path: path.to_owned(),
        step: shell.t("home-to-orders"),
    }
}

fn rows() -> usize {
    usize::try_from(ROWS).unwrap_or(usize::MAX)
}

fn credit_need(shell: &Shell, standing: &Standing) -> Option<Need> {
    let limit = standing.terms.credit_limit?;
    let key = match credit(limit.minor, standing.exposure_minor) {
        Credit::Free => return None,
        Credit::Nearly => "home-credit-nearly",
        Credit::Used => "home-credit-used",
    };
    let left = Money::new(
        limit.minor.saturating_sub(standing.exposure_minor).max(0),
        limit.currency,
    );
    Some(Need {
        chip: Chip::new(Tone::Warn, Shape::Diamond, shell.t("word-credit")),
        text: shell.t2(key, "left", shell.money(left), "limit", shell.money(limit)),
        path: "/invoices".to_owned(),
        step: shell.t("home-to-invoices"),
    })
}

fn draft_need(shell: &Shell, draft: &OpenDraft) -> Need {
    let name = draft.title.clone().or_else(|| draft.po_number.clone());
    let name = name.unwrap_or_else(|| shell.t1("draft-of", "moment", shell.moment(draft.created_at)));
    let (chip, text) = if draft.to_mend > 0 {
        let text = shell.language.text_with(
            "home-draft-mend",
            &[
                ("name", name.as_str().into()),
                ("bad", draft.to_mend.into()),
                ("lines", draft.lines.into()),
            ],
        );
        (Chip::new(Tone::Warn, Shape::Ring, shell.t("home-draft")), text)
    } else {
        let text = shell.t2("home-draft-ready", "name", name.as_str(), "lines", draft.lines);
        (Chip::new(Tone::Neutral, Shape::Ring, shell.t("home-draft")), text)
    };
    Need {
        chip,
        text,
        path: format!("/drafts/{}", draft.id),
        step: shell.t1("home-to-draft", "name", name),
    }
}
