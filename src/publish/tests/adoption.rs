//! Folders whose records are lost or cut: one error, and a folder that is taken over loses no file of others.

use crate::paths::kept_names::SUMS;
use proptest::prelude::*;

use super::*;

/// Options that give an answer, and what was shown for it.
fn answering(answer: AdoptionAnswer) -> (PublishOptions, Arc<Mutex<Vec<Adoption>>>) {
    let shown: Arc<Mutex<Vec<Adoption>>> = Arc::default();
    let seen = Arc::clone(&shown);
    let ask = move |adoption: &Adoption| {
        seen.lock().unwrap().push(adoption.clone());
        answer
    };
    (PublishOptions { adopt: Some(Arc::new(ask)), ..PublishOptions::default() }, shown)
}

fn lose(desk: &Desk, records: &[&str]) {
    records.iter().for_each(|record| desk.remove(record));
}

fn cut_list(desk: &Desk, bytes: usize) {
    let list = fs::read(desk.path(SUMS)).unwrap();
    fs::write(desk.path(SUMS), &list[..list.len() - bytes]).unwrap();
}

/// Writes a list as people do: in the order given.
fn write_list(desk: &Desk, files: &str) {
    let lines = files.split_whitespace().map(sums_of);
    fs::write(desk.path(SUMS), lines.collect::<String>()).unwrap();
}

const OLD: &str = "a.html=1 b.html=1 c.html=1 old.html=1";
const NEW: &str = "a.html=1 b.html=2 c.html=2 new.html=2";

/// The ways to lose the records of a folder.
fn damaged() -> Vec<(Desk, &'static str)> {
    let damage = |how: &dyn Fn(&Desk)| {
        let desk = Desk::published(OLD);
        desk.put("CNAME=mine");
        how(&desk);
        desk
    };
    vec![
        (
            damage(&|desk| lose(desk, &[SUMS, ".bulletin"])),
            "2 files are in the way in public, and SHA256SUMS and .bulletin, which say what a build wrote there, are missing",
        ),
        (
            damage(&|desk| lose(desk, &[".bulletin"])),
            "2 files are in the way in public, and public/.bulletin, which marks a folder of bulletin, is missing",
        ),
        (
            damage(&|desk| lose(desk, &[SUMS])),
            "2 files are in the way in public, and public/SHA256SUMS, the list of what a build wrote, is missing or empty",
        ),
        (
            damage(&|desk| fs::write(desk.path(SUMS), "").unwrap()),
            "2 files are in the way in public, and public/SHA256SUMS, the list of what a build wrote, is cut",
        ),
        (
            damage(&|desk| cut_list(desk, 150)),
            "2 files are in the way in public, and public/SHA256SUMS, the list of what a build wrote, is cut",
        ),
        (
            damage(&|desk| cut_list(desk, 3 * 74 + 2)),
            "2 files are in the way in public, and public/SHA256SUMS, the list of what a build wrote, is cut",
        ),
        (
            damage(&|desk| write_list(desk, "CNAME=mine a.html=1 c.html=1 b.html=1 old.html=1")),
            "2 files are in the way in public, and somebody else changed line 4 of public/SHA256SUMS, the list of what a build wrote",
        ),
    ]
}

#[test]
fn law_4_lost_records_are_one_error_and_nothing_is_changed() {
    for (desk, message) in damaged() {
        assert_eq!(desk.refused(NEW), format!("error[output-not-ours]: {message}\n"));
    }
}

#[test]
fn a_folder_is_taken_over_with_what_was_shown() {
    for (desk, message) in damaged() {
        let (options, shown) = answering(AdoptionAnswer::Yes);
        desk.publish_with(NEW, options).unwrap();
        let [adoption] = shown.lock().unwrap().clone().try_into().unwrap();
        assert_eq!(adoption.kept, 1, "{message}");
        let replaced: Vec<_> = adoption.replaced.iter().filter(|path| *path != SUMS).collect();
        assert_eq!(replaced, ["b.html", "c.html"], "{message}");
        assert_eq!(adoption.staying.named, ["CNAME", "old.html"], "{message}");
        assert_eq!(desk.files(), "CNAME=mine a.html=1 b.html=2 c.html=2 new.html=2 old.html=1");
        // From now on it is ours like any other.
        assert_eq!(unexpected(&desk.publish("a.html=3").unwrap()), "");
        assert_eq!(desk.files(), "CNAME=mine a.html=3 old.html=1");
    }
}

#[test]
fn law_4_without_a_yes_nothing_is_changed() {
    for (answer, message) in [
        (AdoptionAnswer::No, "public is not taken over, as you said"),
        (AdoptionAnswer::NotAsked, "public is not taken over: there is no terminal to ask on"),
    ] {
        for (desk, _) in damaged() {
            let before = desk.everything();
            let errors = desk.publish_with(NEW, answering(answer).0).map(|_| ()).unwrap_err();
            assert_eq!(report(&errors), format!("error[output-not-ours]: {message}\n"));
            assert_eq!(desk.everything(), before);
        }
    }
}

#[test]
fn a_single_file_of_others_is_taken_over_and_what_left_is_removed() {
    let desk = Desk::published("a.html=1 old.html=1");
    desk.put("b.html=mine");
    let (options, shown) = answering(AdoptionAnswer::Yes);
    desk.publish_with("a.html=1 b.html=1", options).unwrap();
    assert_eq!(shown.lock().unwrap()[0].replaced, ["b.html"]);
    assert_eq!(desk.files(), "a.html=1 b.html=1");
}

#[test]
fn nothing_is_asked_where_nothing_is_in_the_way() {
    for desk in [Desk::new(), Desk::with("CNAME=mine"), Desk::published(OLD)] {
        let (options, shown) = answering(AdoptionAnswer::No);
        desk.publish_with(NEW, options).unwrap();
        assert!(shown.lock().unwrap().is_empty());
    }
}

#[test]
fn law_8_records_that_were_lost_are_reported_even_if_nothing_is_in_the_way() {
    let same = "a.html=1 b.html=1 c.html=1";
    for (desk, _) in damaged().into_iter().skip(2) {
        let warnings = unexpected(&desk.publish(same).unwrap());
        assert!(warnings.starts_with("warning[output-not-ours]: "), "{warnings}");
        assert!(warnings.contains("; it is written again\n"), "{warnings}");
        assert_eq!(unexpected(&desk.publish(same).unwrap()), "");
    }
    // Another list may be of somebody else.
    let (journal_lost, _) = damaged().swap_remove(1);
    assert!(journal_lost.refused(same).contains("1 file is in the way"));
    journal_lost.remove("old.html");
    fs::write(journal_lost.path(SUMS), sums_of(same)).unwrap();
    assert!(unexpected(&journal_lost.publish(same).unwrap()).contains("public/.bulletin"));
    let (both_lost, _) = damaged().swap_remove(0);
    assert_eq!(unexpected(&both_lost.publish(same).unwrap()), "");
}

#[test]
fn law_4_the_last_line_of_a_cut_list_makes_no_file_ours() {
    let desk = Desk::published("a.html=1 d.html.old=1");
    cut_list(&desk, ".old\n".len());
    desk.put("d.html=mine");
    let reported = desk.refused("a.html=1 d.html=2");
    assert!(reported.starts_with("error[output-not-ours]: 1 file is in the way"), "{reported}");
}

#[test]
fn law_4_a_list_that_somebody_else_writes_again_loses_no_file_of_theirs() {
    let desk = Desk::published("404.html=1 a.html=1 d/x.html=1 d/y.html=1 d/z.html=1");
    desk.put("notes.html=mine");
    for list in [
        // As `sha256sum *` does: in the order of a language, and with the list itself.
        "a.html=1 404.html=1 notes.html=mine",
        "404.html=1 SHA256SUMS= a.html=1 notes.html=mine",
        // As `sha256sum *.html` does: without the files in folders.
        "404.html=1 a.html=1 notes.html=mine",
    ] {
        write_list(&desk, list);
        let warnings =
            unexpected(&desk.publish("404.html=1 a.html=1 d/x.html=1 d/y.html=1 d/z.html=1").unwrap());
        assert!(warnings.starts_with("warning[output-not-ours]: "), "{warnings}");
        assert_eq!(fs::read_to_string(desk.path("notes.html")).unwrap(), "mine", "{list}");
    }
    assert_eq!(unexpected(&desk.publish("404.html=1 a.html=1").unwrap()), "");
    assert_eq!(desk.files(), "404.html=1 a.html=1 notes.html=mine");
}

#[test]
fn names_that_must_not_be_shown_are_counted() {
    let desk = Desk::with("a.html=mine secret.html=mine z.html=mine");
    let (options, shown) = answering(AdoptionAnswer::Yes);
    let publisher = desk.stage_with("a.html=1", options).unwrap();
    publisher.commit(&BTreeSet::from([OutPath::new("secret.html").unwrap()]), &Unobserved).unwrap();
    let staying = shown.lock().unwrap()[0].staying.clone();
    assert_eq!((staying.named, staying.secret), (vec!["z.html".to_owned()], 1));
}

const PATHS: [&str; 8] = ["a", "a/q", "b.html", "d/x", "d/y", "d/e/z", "d/e", "c"];

/// Files of which none is also a folder.
fn files(bytes: &'static str) -> impl Strategy<Value = String> {
    proptest::collection::btree_map(proptest::sample::select(&PATHS[..]), bytes, 0..7).prop_map(|files| {
        let is_folder = |path: &str| files.keys().any(|other| other.starts_with(&format!("{path}/")));
        let kept = files.iter().filter(|(path, _)| !is_folder(path));
        kept.map(|(path, bytes)| format!("{path}={bytes} ")).collect()
    })
}

/// Of a list, the lines that are whole.
fn listed(list: &str) -> Vec<String> {
    let whole = list.rsplit_once('\n').map_or("", |(whole, _)| whole);
    whole.lines().filter_map(|line| line.split_once("  ")).map(|(_, path)| path.to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn law_4_a_folder_that_is_taken_over_keeps_every_file_that_is_no_output_of_the_build(
        found in files("mine|[1-2]"),
        list in proptest::option::of((files("mine|[1-2]"), 0..200_usize)),
        has_journal in any::<bool>(),
        site in files("[1-2]"),
    ) {
        let desk = Desk::with(&found);
        fs::create_dir_all(desk.out()).unwrap();
        let list = list.map(|(files, cut)| {
            let list = sums_of(&files);
            list[..list.len().saturating_sub(cut)].to_owned()
        });
        if let Some(list) = &list {
            fs::write(desk.path(SUMS), list).unwrap();
        }
        if has_journal {
            fs::write(desk.path(".bulletin"), "").unwrap();
        }
        let before = desk.everything();
        let (options, shown) = answering(AdoptionAnswer::Yes);
        let outcome = desk.publish_with(&site, options);
        let after = parse(&desk.files());
        if outcome.is_err() {
            prop_assert_eq!(desk.everything(), before);
            return Ok(());
        }
        let is_whole = has_journal && list.as_ref().is_none_or(|list| list.is_empty() || list.ends_with('\n'));
        let was_taken_over = !shown.lock().unwrap().is_empty();
        let list = list.filter(|_| has_journal && (is_whole || !was_taken_over)).unwrap_or_default();
        let (site, ours) = (parse(&site), listed(&list));
        for (path, bytes) in parse(&found) {
            let is_ours = site.contains_key(&path) || ours.contains(&path);
            prop_assert!(is_ours || after.get(&path) == Some(&bytes), "{} is gone", path);
        }
        for (path, bytes) in &site {
            prop_assert_eq!(after.get(path), Some(bytes));
        }
    }
}
