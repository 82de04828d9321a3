//! What each host takes, and what helps a site that is over it.
//!
//! Owns the numbers; docs/hosting.md names their sources. What is offered as a way out was counted before.

use super::occupancy::{ByPart, Occupancy, SitePart, all_files, by_folder};
use crate::config::{Host, HostKind, Outputs};
use crate::diag::{Code, Diagnostic};
use crate::paths::OutPath;
use crate::site::Site;

const MEBIBYTE: u64 = 1 << 20;
const GIGABYTE: u64 = 1_000_000_000;

/// What a host takes; `None` if it does not say.
#[derive(Clone, Copy, Default)]
struct Limits {
    /// Files of a site.
    files: Option<u64>,
    /// Files and folders of a site.
    entries: Option<u64>,
    file_bytes: Option<u64>,
    site_bytes: Option<u64>,
    /// Files of a folder.
    folder_files: Option<u64>,
    /// Entries of a folder, as FAT32 counts them.
    folder_fat_entries: Option<u64>,
}

impl Limits {
    fn of(kind: HostKind) -> Self {
        match kind {
            HostKind::GithubPages => Self { site_bytes: Some(GIGABYTE), ..Self::default() },
            HostKind::GitlabPages => {
                Self { entries: Some(200_000), site_bytes: Some(GIGABYTE), ..Self::default() }
            }
            HostKind::Netlify => Self { folder_files: Some(54_000), ..Self::default() },
            HostKind::CloudflarePages => {
                Self { files: Some(20_000), file_bytes: Some(25 * MEBIBYTE), ..Self::default() }
            }
            HostKind::Usb => Self {
                file_bytes: Some(u64::from(u32::MAX)),
                folder_fat_entries: Some(FAT_ENTRIES),
                ..Self::default()
            },
            HostKind::Nginx | HostKind::Caddy | HostKind::S3 => Self::default(),
        }
    }
}

/// A folder of FAT32 has at most 2 MiB, 32 bytes an entry, and two entries for itself and the folder around it.
const FAT_ENTRIES: u64 = (2 << 20) / 32 - 2;

/// A name takes one entry, and another for each 13 units of UTF-16 if it is not an old short one.
fn fat_entries(name: &str) -> u64 {
    1 + (name.encode_utf16().count() as u64).div_ceil(13)
}

/// A number that a limit is for, by what it is made of.
struct LimitMeasure {
    limit: u64,
    by_part: Vec<ByPart>,
    of: Quantity,
}

/// What a limit counts.
enum Quantity {
    Files,
    Entries,
    SiteBytes,
    /// The path of the largest file.
    FileBytes(String),
    /// The fullest folder.
    FolderFiles(String),
    FatEntries(String),
}

/// Every limit of the host that the site is over. `search` are the files of the search.
#[must_use]
pub fn over_limits(site: &Site, mut occupancy: Occupancy, search: &[OutPath]) -> Vec<Diagnostic> {
    let Some(host) = &site.config.host else { return Vec::new() };
    occupancy.add_list(all_files(site, search));
    let measures = measures(site, Limits::of(host.kind), &occupancy, search);
    let over = measures.iter().filter(|measure| !measure.fits_without(&[]));
    over.map(|measure| diagnostic(site, measure, host, || other_host(site, host, &occupancy, search)))
        .collect()
}

fn measures(site: &Site, limits: Limits, occupancy: &Occupancy, search: &[OutPath]) -> Vec<LimitMeasure> {
    let mut measures = Vec::new();
    let mut add = |limit: Option<u64>, measure: &dyn Fn() -> (Vec<ByPart>, Quantity)| {
        if let Some(limit) = limit {
            let (by_part, of) = measure();
            measures.push(LimitMeasure { limit, by_part, of });
        }
    };
    let files = || all_files(site, search);
    add(limits.files, &|| (vec![count(files())], Quantity::Files));
    add(limits.entries, &|| {
        let mut all = count(files());
        all[SitePart::Rest as usize] += by_folder(files(), |_| 1).len() as u64;
        (vec![all], Quantity::Entries)
    });
    add(limits.site_bytes, &|| (vec![occupancy.bytes], Quantity::SiteBytes));
    add(limits.file_bytes, &|| {
        // Each part by itself: they are compared, not added up.
        let alone = |part: SitePart| {
            let mut alone = ByPart::default();
            alone[part as usize] = occupancy.largest[part as usize].0;
            alone
        };
        let largest = occupancy.largest.iter().max_by_key(|(bytes, _)| *bytes);
        let path = largest.map(|(_, path)| path.clone()).unwrap_or_default();
        (SitePart::ALL.into_iter().map(alone).collect(), Quantity::FileBytes(path))
    });
    let fullest = |weight: fn(&str) -> u64, of: fn(String) -> Quantity| {
        let folders = by_folder(files(), weight);
        let fullest = folders.iter().max_by_key(|(_, entries)| entries.iter().sum::<u64>());
        let name = fullest.map_or_else(String::new, |(name, _)| (*name).to_owned());
        (folders.into_values().collect(), of(name))
    };
    add(limits.folder_files, &|| fullest(|_| 1, Quantity::FolderFiles));
    add(limits.folder_fat_entries, &|| fullest(fat_entries, Quantity::FatEntries));
    measures
}

fn count<'s>(files: impl Iterator<Item = (&'s str, SitePart)>) -> ByPart {
    let mut all = ByPart::default();
    files.for_each(|(_, part)| all[part as usize] += 1);
    all
}

impl LimitMeasure {
    /// What is left without some parts: of several sums the largest.
    fn without(&self, parts: &[SitePart]) -> u64 {
        let left = |by_part: &ByPart| {
            let kept = SitePart::ALL.into_iter().filter(|part| !parts.contains(part));
            kept.map(|part| by_part[part as usize]).sum()
        };
        self.by_part.iter().map(left).max().unwrap_or_default()
    }

    fn fits_without(&self, parts: &[SitePart]) -> bool {
        self.without(parts) <= self.limit
    }

    /// The fewest outputs to switch off so that the site fits, those that readers miss least first.
    fn remedy(&self, outputs: &Outputs) -> Option<Vec<SitePart>> {
        let optional: Vec<SitePart> =
            SitePart::OPTIONAL.into_iter().filter(|part| is_on(*part, outputs)).collect();
        let subsets = (1_u32..1 << optional.len()).map(|mask| {
            let is_in = |index: usize| mask & (1 << index) != 0;
            let parts = optional.iter().enumerate().filter(|(index, _)| is_in(*index));
            parts.map(|(_, part)| *part).collect::<Vec<_>>()
        });
        let mut subsets: Vec<Vec<SitePart>> = subsets.collect();
        subsets.sort_by_key(Vec::len);
        subsets.into_iter().find(|parts| self.fits_without(parts))
    }
}

fn is_on(part: SitePart, outputs: &Outputs) -> bool {
    match part {
        SitePart::Data => outputs.data,
        SitePart::Search => outputs.search,
        SitePart::Feeds => outputs.feeds,
        SitePart::Cards => outputs.cards,
        SitePart::Texts => outputs.text,
        SitePart::Sheets => outputs.sheets,
        SitePart::Pages | SitePart::Copied | SitePart::Rest => false,
    }
}

fn diagnostic(
    site: &Site,
    measure: &LimitMeasure,
    host: &Host,
    other_host: impl Fn() -> Option<HostKind>,
) -> Diagnostic {
    let (title, total, limit) = (host.kind.title(), measure.without(&[]), measure.limit);
    let (total, limit) = (amount(&measure.of, total), amount(&measure.of, limit));
    let message = match &measure.of {
        Quantity::Files | Quantity::Entries | Quantity::SiteBytes => {
            format!("the site has {total}; {title} takes {limit}")
        }
        Quantity::FileBytes(path) => format!("{path} has {total}; {title} takes files of at most {limit}"),
        Quantity::FolderFiles(folder) => {
            format!("the folder {folder}/ has {total}; {title} takes {limit} in one folder")
        }
        Quantity::FatEntries(folder) => {
            format!(
                "the folder {folder}/ needs {total} of FAT32, as most sticks have it, and {limit} is the most"
            )
        }
    };
    let remedy = measure.remedy(&site.config.outputs);
    let off = remedy.map(|parts| switched_off(&parts, &amount(&measure.of, measure.without(&parts))));
    let elsewhere = match host.kind {
        HostKind::Usb => Some("format the stick as exFAT".to_owned()),
        _ => other_host().map(|kind| format!("use another host: {} takes it", kind.title())),
    };
    let smaller = match (&measure.of, &off) {
        (Quantity::FileBytes(_), None) => Some("make the file smaller".to_owned()),
        _ => None,
    };
    let ways: Vec<String> = [off, smaller, elsewhere].into_iter().flatten().collect();
    Diagnostic::warning(Code::OVER_HOST_LIMIT, message)
        .at(host.place.clone())
        .label("does not take all of it")
        .help(ways.join("; or "))
}

fn switched_off(parts: &[SitePart], left: &str) -> String {
    let keys = parts.iter().filter_map(|part| part.key()).map(|key| format!("`{key} = false`"));
    format!("write {} under `[outputs]`, which leaves {left}", keys.collect::<Vec<_>>().join(" and "))
}

/// A host of the web that takes the site as it is.
fn other_host(site: &Site, host: &Host, occupancy: &Occupancy, search: &[OutPath]) -> Option<HostKind> {
    const OTHERS: [HostKind; 5] = [
        HostKind::GithubPages,
        HostKind::GitlabPages,
        HostKind::Netlify,
        HostKind::CloudflarePages,
        HostKind::S3,
    ];
    let takes = |kind: &HostKind| {
        let measures = measures(site, Limits::of(*kind), occupancy, search);
        measures.iter().all(|measure| measure.fits_without(&[]))
    };
    OTHERS.into_iter().filter(|kind| *kind != host.kind).find(takes)
}

fn amount(of: &Quantity, number: u64) -> String {
    match of {
        Quantity::Files | Quantity::FolderFiles(_) => format!("{} files", grouped(number)),
        Quantity::Entries => format!("{} files and folders", grouped(number)),
        Quantity::SiteBytes | Quantity::FileBytes(_) => format!("{} bytes", grouped(number)),
        Quantity::FatEntries(_) => format!("{} entries", grouped(number)),
    }
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_groups_of_three_digits() {
        let all = [0, 999, 1_000, 24_648, 1_234_567].map(grouped);
        assert_eq!(all, ["0", "999", "1,000", "24,648", "1,234,567"]);
    }

    #[test]
    fn names_take_entries_of_fat32_by_their_length() {
        assert_eq!(fat_entries("a.html"), 2);
        assert_eq!(fat_entries("123456789.txt"), 2, "13 units");
        assert_eq!(fat_entries("1234567890.txt"), 3);
        assert_eq!(fat_entries("انقطاع-الماء.html"), 3, "units, not bytes");
    }

    proptest! {
        #[test]
        fn what_is_offered_makes_the_site_fit_and_nothing_less_does(
            by_part in prop::collection::vec(prop::array::uniform9(0_u64..1000), 1..4),
            limit in 0_u64..3000,
            on in prop::array::uniform6(any::<bool>()),
        ) {
            let [data, search, feeds, text, cards, sheets] = on;
            let outputs = Outputs { data, search, feeds, text, cards, sheets };
            let measure = LimitMeasure { limit, by_part, of: Quantity::Files };
            let all: Vec<SitePart> = SitePart::OPTIONAL.into_iter().filter(|part| is_on(*part, &outputs)).collect();
            match measure.remedy(&outputs) {
                None => prop_assert!(all.is_empty() || !measure.fits_without(&all)),
                Some(parts) => {
                    prop_assert!(measure.fits_without(&parts));
                    prop_assert!(parts.iter().all(|part| is_on(*part, &outputs)));
                    if !measure.fits_without(&[]) {
                        for left in 0..parts.len() {
                            let mut fewer = parts.clone();
                            fewer.remove(left);
                            prop_assert!(!measure.fits_without(&fewer));
                        }
                    }
                }
            }
        }
    }
}
