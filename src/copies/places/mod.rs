//! Where a copy is: a folder, an archive, a web address.
//!
//! Owns what each of them can say of its files. What the files should be is `verify`'s.

mod copy_files;
mod folder;
mod web;
mod zip_file;

pub use copy_files::CopyFiles;
pub use folder::FolderCopy;
pub use web::WebCopy;
pub use zip_file::ZipCopy;
