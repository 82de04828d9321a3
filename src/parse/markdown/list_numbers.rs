//! The numbers of ordered lists, as they were typed.
//!
//! A browser counts on from the first number. A list of dates (`3.`, `7.`, `12.`) would show readers other
//! days, so an item whose number does not follow gets its own. A list whose numbers are all 1, or all 0, is
//! counted: that is how people write a list that they will reorder.

use super::body_html::BodyHtml;

#[derive(Default)]
pub(super) struct ListNumbers {
    /// Open lists.
    open: Vec<OpenList>,
}

struct OpenList {
    is_ordered: bool,
    /// The offset of each `<li` in the HTML, and the number typed for it.
    items: Vec<(usize, u64)>,
}

impl ListNumbers {
    pub(super) fn start_list(&mut self, is_ordered: bool) {
        self.open.push(OpenList { is_ordered, items: Vec::new() });
    }

    /// `source` begins with the item; its `<li` is at `offset`.
    pub(super) fn item(&mut self, source: &str, offset: usize) {
        let Some(list) = self.open.last_mut().filter(|list| list.is_ordered) else { return };
        let source = source.trim_start();
        let end = source.find(|c: char| !c.is_ascii_digit()).unwrap_or(source.len());
        if let Ok(number) = source[..end].parse() {
            list.items.push((offset, number));
        }
    }

    pub(super) fn end_list(&mut self, out: &mut BodyHtml) {
        let Some(OpenList { items, .. }) = self.open.pop() else { return };
        let is_counted =
            items.iter().all(|(_, number)| *number == 1) || items.iter().all(|(_, number)| *number == 0);
        if is_counted {
            return;
        }
        let skips = items.windows(2).filter(|pair| pair[1].1 != pair[0].1 + 1);
        let values: Vec<_> =
            skips.map(|pair| (pair[1].0 + "<li".len(), format!(" value=\"{}\"", pair[1].1))).collect();
        out.insert_all(&values);
    }
}
