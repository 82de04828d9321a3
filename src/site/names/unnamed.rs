//! Sources of claims that name no one, as "eyewitnesses".
//!
//! Owns which names of a site these are. The words are in `i18n`.

use std::collections::HashSet;

use super::record::Record as _;
use crate::config::Config;
use crate::i18n::UnnamedSources;
use crate::paths::fold_name;
use crate::site::published::Sorted;

/// Names of sources that name no one, in this site.
pub struct AnonymousNames {
    words: UnnamedSources,
    /// Folded names of such words that some record has: it says who is meant.
    recorded: HashSet<String, ahash::RandomState>,
}

impl AnonymousNames {
    pub fn of(sorted: &Sorted, config: &Config) -> Self {
        let words = UnnamedSources::new(config.unnamed_sources.iter().map(|word| &**word));
        let mut recorded = HashSet::default();
        for record in &sorted.sources {
            let naming = record.naming();
            let others = naming.names.values().chain(&naming.spellings).map(|name| &*name.value);
            let own = [record.id.as_str(), &record.title].into_iter().chain(record.short.as_deref());
            let all = own.chain(others).chain(record.translated_titles(&sorted.translations));
            recorded.extend(all.map(fold_name).filter(|fold| words.has(fold)));
        }
        Self { words, recorded }
    }

    pub fn has(&self, name: &str) -> bool {
        let fold = fold_name(name);
        self.words.has(&fold) && !self.recorded.contains(&fold)
    }
}
