//! The output paths of a site, sorted, and a quick way to find one.

use super::by_path::ByPath;
use crate::paths::OutPath;
use crate::site::page::Route;

/// The output paths of a site, sorted.
#[derive(Debug)]
pub struct Routes {
    routes: Vec<(OutPath, Route)>,
    by_path: ByPath,
}

impl Routes {
    /// Of sorted routes.
    pub fn new(routes: Vec<(OutPath, Route)>) -> Self {
        let by_path = ByPath::new(&routes);
        Self { routes, by_path }
    }

    #[must_use]
    pub fn all(&self) -> &[(OutPath, Route)] {
        &self.routes
    }

    /// The index and the route of a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<(usize, Route)> {
        let found = self.by_path.find(path, &self.routes)?;
        Some((found, self.routes[found].1))
    }
}
