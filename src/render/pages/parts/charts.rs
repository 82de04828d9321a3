//! The frame that each chart is drawn in, and the view of a finished one.

use crate::charts::{Chart, Frame};
use crate::render::pages::context::PageContext;
use crate::render::views::{ChartView, Html};

pub fn frame<'f>(context: &PageContext<'_>, id: &'f str, title: &'f str, description: &'f str) -> Frame<'f> {
    Frame { id, title, description, rtl: context.words.dir(context.lang()) == "rtl" }
}

pub fn chart_view(chart: Chart, note: String) -> ChartView {
    ChartView { svg: Html(chart.svg), statuses: Vec::new(), note, credit: String::new() }
}
