//! `bulletin card`: a briefing as a short text.

use expect_test::{Expect, expect};

use crate::common::{NOW, Site};

const SITE: &str = "-- site.toml --
title = \"Port Brine\"
base_url = \"https://brine.example/\"
languages = [\"en\", \"ar\"]
-- content/briefings/water.md --
+++
title = \"Water is back\"
date = 2031-05-02T10:00:00Z

[[claims]]
id = \"pumps\"
text = \"The pumps of the harbour run again.\"
source = \"Radio Brine\"
via = [\"Brine Times\"]

[[claims]]
id = \"flood\"
text = \"The old town is flooded.\"
source = \"unattributed\"
kind = \"rumour\"

[[claims]]
id = \"gone\"
text = \"The dam has burst.\"
source = \"Radio Brine\"
status = \"disproved\"
status_why = \"It is whole.\"
+++
-- content/briefings/water.ar.md --
+++
title = \"عادت المياه\"
[claim_text]
pumps = \"عادت مضخات الميناء إلى العمل.\"
flood = \"المدينة القديمة مغمورة.\"
+++
-- content/briefings/taken-back.md --
+++
title = \"The dam has burst\"
date = 2031-05-02T10:00:00Z
withdrawn = { at = 2031-05-03T10:00:00Z, why = \"It is whole.\" }

[[claims]]
text = \"The dam has burst.\"
source = \"Radio Brine\"
+++
-- content/briefings/draft.md --
+++
title = \"A draft\"
date = 2031-05-02T10:00:00Z
draft = true
+++
";

fn check(arguments: &[&str], expected: &Expect) {
    let site = Site::new(SITE);
    let run = site.run(&[&["card", "--now", NOW], arguments].concat());
    expected.assert_eq(&run.to_string());
}

#[test]
fn a_card_has_each_claim_with_its_source_and_status() {
    check(
        &["water"],
        &expect![[r#"
            -- stdout --
            Water is back
            - The pumps of the harbour run again. (Radio Brine / via Brine Times / One source)
            - The old town is flooded. (No source named / Rumour / Unverified)
            1 claim is only on the page.
            Information up to 2 May 2031, 10:00 (GMT)
            https://brine.example/briefings/water.html
            -- exit 0 --
        "#]],
    );
    check(
        &["content/briefings/water.md", "--language", "ar"],
        &expect![[r#"
            -- stdout --
            عادت المياه
            - عادت مضخات الميناء إلى العمل. (Radio Brine / نقله Brine Times / مصدر واحد)
            - المدينة القديمة مغمورة. (دون ذكر المصدر / إشاعة / لم يُتحقق منه)
            قول واحد في الصفحة فقط.
            المعلومات حتى 2 مايو 2031، 10:00 (غرينتش)
            https://brine.example/ar/briefings/water.html
            -- exit 0 --
        "#]],
    );
}

#[test]
fn what_does_not_fit_is_left_out_whole_and_counted() {
    check(
        &["water", "--chars", "200"],
        &expect![[r#"
            -- stdout --
            Water is back
            3 claims are only on the page.
            Information up to 2 May 2031, 10:00 (GMT)
            https://brine.example/briefings/water.html
            -- exit 0 --
        "#]],
    );
    check(
        &["water", "--sms", "1"],
        &expect![[r#"
            -- stdout --
            Water is back
            3 claims are only on the page.
            Information up to 2 May 2031, 10:00 (GMT)
            https://brine.example/briefings/water.html
            -- exit 0 --
        "#]],
    );
    check(
        &["water", "--sms", "2", "--language", "ar"],
        &expect![[r#"
            -- stdout --
            عادت المياه
            3 أقوال في الصفحة فقط.
            المعلومات حتى 2 مايو 2031، 10:00 (غرينتش)
            https://brine.example/ar/briefings/water.html
            -- exit 0 --
        "#]],
    );
    check(
        &["water", "--chars", "30"],
        &expect![[r#"
            -- stderr --
            error[bad-card]: the time and the address alone need 115 letters, and 30 are allowed
             = help: allow more, or give the site a shorter address
            -- exit 2 --
        "#]],
    );
}

#[test]
fn a_withdrawn_briefing_says_so_and_none_of_its_claims() {
    check(
        &["taken-back"],
        &expect![[r#"
            -- stdout --
            This briefing was withdrawn (3 May 2031, 10:00 (GMT)): The dam has burst
            What stood here was withdrawn. Please do not pass it on.
            It is whole.
            https://brine.example/briefings/taken-back.html
            -- exit 0 --
        "#]],
    );
}

#[test]
fn a_withdrawal_fits_one_text_message_without_its_reason() {
    check(
        &["taken-back", "--chars", "160"],
        &expect![[r#"
            -- stdout --
            This briefing was withdrawn (3 May 2031, 10:00 (GMT)): The dam has burst
            https://brine.example/briefings/taken-back.html
            -- exit 0 --
        "#]],
    );
    check(
        &["taken-back", "--sms", "1"],
        &expect![[r#"
            -- stdout --
            This briefing was withdrawn (3 May 2031, 10:00 (GMT)): The dam has burst
            https://brine.example/briefings/taken-back.html
            -- exit 0 --
        "#]],
    );
}

#[test]
fn a_text_message_has_no_mark_that_halves_what_it_holds() {
    let site = Site::new(
        &SITE.replace("The old town is flooded.", "L\u{2019}eau \u{2013} \u{201c}monte\u{201d}\u{2026}"),
    );
    expect![[r#"
        -- stdout --
        Water is back
        - The pumps of the harbour run again. (Radio Brine / via Brine Times / One source)
        - L'eau - "monte"... (No source named / Rumour / Unverified)
        1 claim is only on the page.
        Information up to 2 May 2031, 10:00 (GMT)
        https://brine.example/briefings/water.html
        -- exit 0 --
    "#]]
    .assert_eq(&site.run(&["card", "--now", NOW, "water", "--sms", "3"]).to_string());
}

#[test]
fn what_is_not_published_has_no_card() {
    check(
        &["draft"],
        &expect![[r#"
        -- stderr --
        error[bad-card]: no published briefing has this id
         = help: write the id of a published briefing, as `bulletin list briefings` prints it
        -- exit 2 --
    "#]],
    );
    check(
        &["watre"],
        &expect![[r#"
        -- stderr --
        error[bad-card]: no published briefing has this id
         = help: did you mean `water`?
        -- exit 2 --
    "#]],
    );
    check(
        &["water", "--language", "fr"],
        &expect![[r#"
        -- stderr --
        error[bad-card]: "fr" is no language of this site
         = help: write one of en, ar
        -- exit 2 --
    "#]],
    );
    check(
        &["draft", "--drafts"],
        &expect![[r#"
            -- stdout --
            Draft: A draft
            Information up to 2 May 2031, 10:00 (GMT)
            https://brine.example/briefings/draft.html
            -- exit 0 --
        "#]],
    );
}
