//! Sites of many names: what comparing names costs.

/// So many places, half of them with a record, in briefings of 100.
pub fn files(count: usize) -> Vec<(String, Vec<u8>)> {
    let names: Vec<String> = (0..count).map(name).collect();
    let mut files = vec![("site.toml".to_owned(), b"title = \"Names\"\n".to_vec())];
    for (index, names) in names.chunks(100).enumerate() {
        let text = format!("+++\ntitle = \"B{index}\"\ndate = 2023-01-01\nneighbourhoods = {names:?}\n+++\n");
        files.push((format!("content/briefings/b{index}.md"), text.into_bytes()));
    }
    for name in names.iter().step_by(2) {
        let path = format!("content/neighbourhoods/{}.md", name.replace(' ', "-"));
        files.push((path, format!("+++\ntitle = {name:?}\n+++\n").into_bytes()));
    }
    files
}

/// So many briefings, each about a place of its own. Each has a link to a file and one to a place whose names
/// have a letter too many.
pub fn broken_links(count: usize) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("site.toml".to_owned(), b"title = \"Links\"\n".to_vec())];
    for index in 0..count {
        let place = name(index);
        let (other, near) = ((index + 1) % count, name((index + 2) % count));
        let front = format!("title = \"B{index}\"\ndate = 2023-01-01\nneighbourhoods = [{place:?}]");
        let body = format!("[one](b{other:06}x.md), [two](<place:{near}x>)");
        let text = format!("+++\n{front}\n+++\n\n{body}\n");
        files.push((format!("content/briefings/b{index:06}.md"), text.into_bytes()));
    }
    files
}

/// A redact.txt with so many names, none of which is in a site of the corpus.
pub fn redact_list(count: usize) -> String {
    (0..count).map(|number| name(number) + "\n").collect()
}

/// Two words of six letters, by mixing the number.
fn name(number: usize) -> String {
    let mut state = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut letter = || {
        state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        char::from(
            b"abcdefghijklmnopqrstuvwxyz"[usize::try_from((state >> 33) % 26).expect("a small number")],
        )
    };
    (0..13).map(|at| if at == 6 { ' ' } else { letter() }).collect()
}
