//! What movements are: the same as others, or taken back.

use super::{camt053, read_text, refused};
use crate::bank::reading::STATEMENTS_MAX;
use crate::bank::rules::identity;

#[test]
fn what_is_alike_in_two_statements_of_a_file_is_two_unless_the_bank_names_it_the_same() {
    let page = |reference: &str| {
        format!(
            ":20:A\n:25:NL91ABNA0417164300\n:28C:1\n:60F:C261124EUR0,\n:61:261124C121,NTRFNONREF{reference}\n\
             :86:2026-000042\n:62F:C261124EUR121,\n-\n"
        )
    };
    let keys = |file: &str| {
        let identities = identity::of_file(&read_text(file));
        identities
            .into_iter()
            .flatten()
            .map(|identity| identity.sum)
            .collect::<Vec<_>>()
    };
    let two = keys(&[page(""), page("")].concat());
    assert!(two.len() == 2 && two[0] != two[1], "{two:?}");
    assert_eq!(keys(&page("")), two[..1]);
    let same = keys(&[page("//B1"), page("//B1")].concat());
    assert!(same.len() == 2 && same[0] == same[1], "{same:?}");
    // Of another account it is another.
    let other = page("").replace("NL91ABNA0417164300", "DE89370400440532013000");
    assert_eq!(keys(&[page(""), other].concat())[0], two[0]);
}

#[test]
fn what_comes_back_is_told_by_its_code_too() {
    let page = |line: &str, details: &str| {
        format!(
            ":20:A\n:25:NL91ABNA0417164300\n:28C:1\n:60F:C261124EUR0,\n:61:2611241124{line}//B1\n:86:{details}\n:62F:D261124EUR9,\n-\n"
        )
    };
    let code = |code: &str| {
        let code = format!("<AcctSvcrRef>REF-2</AcctSvcrRef><BkTxCd>{code}</BkTxCd>");
        camt053("08").replace("<AcctSvcrRef>REF-2</AcctSvcrRef>", &code)
    };
    for (file, takes_back) in [
        (page("D9,NRTINONREF", "returned"), true),
        (
            page("D9,NDDTNONREF", "109?00RETOURE?20EREF+E-9?31DE89370400440532013000"),
            true,
        ),
        (page("D9,NDDTNONREF", "108?00RETOURE?20EREF+E-9"), true),
        (page("D9,NDDTNONREF", "105?00LASTSCHRIFT?20EREF+E-9"), false),
        (
            code("<Domn><Cd>PMNT</Cd><Fmly><Cd>IDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly></Domn>"),
            true,
        ),
        (code("<Prtry><Cd>NRTI+109+9070</Cd></Prtry>"), true),
        (
            code("<Domn><Cd>PMNT</Cd><Fmly><Cd>RDDT</Cd><SubFmlyCd>ESDD</SubFmlyCd></Fmly></Domn>"),
            false,
        ),
    ] {
        let statements = read_text(&file);
        let last = statements[0].entries.last().expect("an entry");
        assert_eq!(last.takes_back(), takes_back, "{file}");
    }
}

#[test]
fn a_file_has_so_many_statements_and_no_more() {
    let page = ":20:A\n:25:NL91ABNA0417164300\n:28C:1\n:60F:C261124EUR0,\n:62F:C261124EUR0,\n-\n";
    assert_eq!(read_text(&page.repeat(STATEMENTS_MAX)).len(), STATEMENTS_MAX);
    assert_eq!(
        refused(&page.repeat(STATEMENTS_MAX + 1)),
        "bank_file_too_many_statements"
    );
}

#[test]
fn what_is_kept_beside_the_entries_is_counted_through_the_statement() {
    let good = camt053("08");
    let filled = |count: usize| good.replace("<Ntry>", &format!("{}<Ntry>", "<X></X>".repeat(count)));
    assert_eq!(read_text(&filled(1_000))[0].entries.len(), 2);
    assert_eq!(refused(&filled(300_000)), "bank_file_broken");
}
