//! What a timeline leaves out so that its days have room, and that no line crosses a word.

use jiff::civil::Date;
use proptest::collection::vec;
use proptest::prelude::*;

use super::scale::day_of;
use super::*;
use crate::charts::canvas::RowName;

fn row(from: &str, to: &str) -> TimelineRow {
    let date = |text: &str| text.parse::<Date>().unwrap();
    between(date(from), date(to))
}

fn between(from: Date, to: Date) -> TimelineRow {
    TimelineRow {
        name: RowName { text: "Shells hit the quay".into(), ..RowName::default() },
        when: "when".into(),
        from: Some(from),
        to: Some(to),
        approximate: false,
        uncertain: false,
    }
}

fn scale(rows: &[TimelineRow]) -> TimeScale {
    TimeScale::of(rows, "before").unwrap()
}

fn width_of_day(scale: &TimeScale, day: &str) -> i64 {
    let day = day_of(day.parse().unwrap());
    (scale.share(day + 1) - scale.share(day)) * 288 / WHOLE
}

fn svg(rows: &[TimelineRow]) -> String {
    let words = TimelineWords {
        month: &|date| date.strftime("%B %Y").to_string(),
        year: &|date| date.year().to_string(),
        number: &|number| number.to_string(),
        before: "before",
        open: "open",
        gap: "left out",
        beyond: "beyond",
        about: "about",
        perhaps: "perhaps",
    };
    let frame = Frame { id: "page-x", title: "When", description: "Rows", rtl: false };
    draw(&frame, rows, &words).unwrap().svg
}

#[test]
fn a_long_time_without_a_change_is_a_break_and_the_days_after_it_have_room() {
    let days = ["2016-09-01", "2016-09-01", "2016-09-02", "2016-10-01", "2016-10-02", "2016-10-03"];
    let rows = days.map(|day| row(day, day));
    let scale = scale(&rows);
    assert_eq!(scale.breaks().len(), 1);
    assert!(width_of_day(&scale, "2016-10-02") >= 40, "{}", width_of_day(&scale, "2016-10-02"));
    assert_eq!(width_of_day(&scale, "2016-10-02"), width_of_day(&scale, "2016-09-01"), "days are even");
    let svg = svg(&rows);
    assert!(svg.contains(">left out</text>") && svg.contains("<use href=\"#page-x-b\""), "{svg}");
    assert!(!svg.contains(">before</text>"), "{svg}");
}

#[test]
fn days_that_have_room_are_not_broken() {
    let rows = ["2016-09-28", "2016-10-01", "2016-10-03"].map(|day| row(day, day));
    assert_eq!(scale(&rows).breaks(), [] as [Share; 0]);
}

#[test]
fn older_time_is_folded_and_its_rows_say_when_in_words() {
    let days = ["2011-03-01", "2012-07-19", "2013-02-11", "2016-10-01", "2016-10-02", "2016-10-03"];
    let mut rows = days.map(|day| row(day, day)).to_vec();
    rows.push(row("2011-01-01", "2016-10-02"));
    rows.push(row("2016-10-03", "2016-10-03"));
    let scale = scale(&rows);
    assert!(scale.folds && scale.breaks() == [scale.plot.0], "{:?}", scale.breaks());
    assert_eq!(scale.days.1, day_of("2016-10-04".parse().unwrap()));
    let svg = svg(&rows);
    assert_eq!(svg.matches(">when</text>").count(), 3, "{svg}");
    assert!(svg.contains(">before</text>"), "{svg}");
    assert!(svg.contains("<rect x=\"0\""), "what began before and goes on comes out of older time: {svg}");
}

#[test]
fn years_without_a_busy_day_are_left_as_they_are() {
    let rows: Vec<TimelineRow> = (0..12)
        .map(|year| row(&format!("{}-01-01", 2000 + year), &format!("{}-12-31", 2000 + year)))
        .collect();
    let scale = scale(&rows);
    assert!(!scale.folds && scale.breaks().is_empty());
}

fn any_row() -> impl Strategy<Value = TimelineRow> {
    let days = prop_oneof![(-9_000..9_000, 0..900), (17_000..17_060, 0..9)];
    (days, 0..4_u8, any::<(bool, bool)>()).prop_map(|((from, length), open, (approximate, uncertain))| {
        let date = |day: i32| Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(day));
        let mut row = between(date(from), date(from + length));
        row.from = row.from.filter(|_| open != 1);
        row.to = row.to.filter(|_| open != 2);
        TimelineRow { approximate, uncertain, ..row }
    })
}

/// The heights of all lines from above to below, and those of words; words at ends of bars are left out.
fn lines_and_words(svg: &str) -> [Vec<(i64, i64)>; 2] {
    let document = roxmltree::Document::parse(svg).unwrap();
    let number =
        |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<i64>().unwrap();
    let root = document.root_element();
    let mut lines = Vec::new();
    let mut words = Vec::new();
    for node in root.children().filter(roxmltree::Node::is_element) {
        match node.tag_name().name() {
            "line"
                if node.attribute("x1") == node.attribute("x2")
                    && node.attribute("stroke-width").is_none() =>
            {
                lines.push((number(node, "y1"), number(node, "y2")));
            }
            "use" if node.attribute("href") == Some("#page-x-g") => {
                lines.push((number(node, "y"), number(node, "y") + TICK));
            }
            "foreignObject" => words.push((number(node, "y"), number(node, "y") + number(node, "height"))),
            "text" if node.text() == Some("when") => words.push((number(node, "y") - 11, number(node, "y"))),
            _ => {}
        }
    }
    [lines, words]
}

proptest! {
    #[test]
    fn no_line_of_a_timeline_crosses_a_word(rows in vec(any_row(), 1..20)) {
        let svg = svg(&rows);
        let [lines, words] = lines_and_words(&svg);
        prop_assert!(!lines.is_empty() && !words.is_empty());
        for (top, bottom) in lines {
            for word in &words {
                prop_assert!(bottom <= word.0 || word.1 <= top, "{top} to {bottom} and {word:?} in {svg}");
            }
        }
    }

    #[test]
    fn a_later_day_is_never_before_an_earlier_one(rows in vec(any_row(), 1..20)) {
        let scale = scale(&rows);
        let (first, end) = scale.days;
        let step = usize::try_from(((end - first) / 500).max(1)).unwrap();
        let shares: Vec<Share> = (first..=end).step_by(step).map(|day| scale.share(day)).collect();
        prop_assert!(shares.is_sorted(), "{shares:?}");
        prop_assert!(shares.iter().all(|share| (scale.plot.0..=scale.plot.1).contains(share)));
    }
}
