//! A document on paper.

use super::{Invoice, Snapshot, issue::read, model::title};
use crate::{
    domain::shared::Error,
    platform::sheet::{HEIGHT, Sheets, Style, WIDTH, Weight},
};

const LEFT: f32 = 56.0;
const RIGHT: f32 = WIDTH - 56.0;
const TOP: f32 = 72.0;
const BOTTOM: f32 = HEIGHT - 72.0;
/// From one line of text to the next.
const STEP: f32 = 14.0;
/// Where the columns of numbers end.
const COLUMNS: [f32; 3] = [LEFT + 295.0, LEFT + 390.0, RIGHT];
/// The width of the column of titles.
const TITLES: f32 = 250.0;
/// Where the second column of addresses begins.
const MIDDLE: f32 = LEFT + 260.0;

const PLAIN: Style = Style { size: 10.0, weight: Weight::Regular, soft: false };
const STRONG: Style = Style { size: 10.0, weight: Weight::Bold, soft: false };
const SOFT: Style = Style { size: 8.5, weight: Weight::Regular, soft: true };
const TITLE: Style = Style { size: 20.0, weight: Weight::Bold, soft: false };
const TOTAL: Style = Style { size: 12.0, weight: Weight::Bold, soft: false };

/// The PDF of a document. The same document gives the same bytes. It takes some milliseconds of work.
///
/// # Errors
/// A fault: the document was kept in another form.
pub fn pdf(row: &Invoice) -> Result<Vec<u8>, Error> {
    let document = read(row)?;
    let heading = format!("{} {}", title(row.kind), document.number);
    let sheets = Sheets::new(heading.clone()).map_err(Error::fault)?;
    let mut page = Page { sheets, y: TOP };
    page.head(&heading, &document);
    page.parties(&document);
    page.lines(&document);
    page.rows(&document);
    page.taxes(&document);
    page.sheets.number_pages(RIGHT, HEIGHT - 40.0, SOFT);
    page.sheets.finish().map_err(Error::fault)
}

/// A document being drawn, from top to bottom.
struct Page {
    sheets: Sheets,
    y: f32,
}

impl Page {
    /// Makes sure that so much is left on this sheet; says whether another one was begun.
    fn room(&mut self, height: f32) -> bool {
        let turn = self.y + height > BOTTOM;
        if turn {
            self.sheets.turn();
            self.y = TOP;
        }
        turn
    }

    /// Writes texts below each other in a column, each broken to its width; returns where it ends.
    fn column(&mut self, x: f32, y: f32, width: f32, texts: &[(String, Style)]) -> f32 {
        let mut y = y;
        for (text, style) in texts {
            for line in self.sheets.broken(text, width, *style) {
                self.sheets.text(x, y, &line, *style);
                y += STEP;
            }
        }
        y
    }

    fn head(&mut self, heading: &str, document: &Snapshot) {
        let heading = self.column(LEFT, self.y, MIDDLE - LEFT - 12.0, &[(heading.to_owned(), TITLE)]);
        let mut facts =
            vec![(document.date.clone(), SOFT), (format!("Order {} of {}", document.order, document.order_date), SOFT)];
        let corrects = document.corrects.iter();
        facts.extend(corrects.map(|(number, date)| (format!("For invoice {number} of {date}"), SOFT)));
        let left = self.column(LEFT, heading + 4.0, MIDDLE - LEFT - 12.0, &facts);
        let lines = document.seller.lines.iter().enumerate();
        let mut seller: Vec<(String, Style)> =
            lines.map(|(place, line)| (line.clone(), if place == 0 { STRONG } else { PLAIN })).collect();
        let more = [&document.seller.email, &document.seller.tax_number];
        seller.extend(more.into_iter().flatten().map(|line| (line.clone(), PLAIN)));
        let right = self.column(MIDDLE, self.y, RIGHT - MIDDLE, &seller);
        self.y = left.max(right) + 26.0;
    }

    fn parties(&mut self, document: &Snapshot) {
        let labelled = |label: &str, lines: &[String], more: &[&String]| {
            let lines = lines.iter().chain(more.iter().copied()).map(|line| (line.clone(), PLAIN));
            std::iter::once((label.to_owned(), SOFT)).chain(lines).collect::<Vec<_>>()
        };
        let more = [&document.buyer.email, &document.buyer.tax_number].into_iter().flatten();
        let buyer = labelled("Billed to", &document.buyer.lines, &more.collect::<Vec<_>>());
        let left = self.column(LEFT, self.y, MIDDLE - LEFT - 12.0, &buyer);
        let right = if document.delivered_to.is_empty() {
            self.y
        } else {
            let place = labelled("Delivered to", &document.delivered_to, &[]);
            self.column(MIDDLE, self.y, RIGHT - MIDDLE, &place)
        };
        self.y = left.max(right) + 20.0;
    }

    fn table_head(&mut self) {
        self.sheets.text(LEFT, self.y, "What", SOFT);
        for (x, label) in COLUMNS.into_iter().zip(["Units", "Price", "Amount"]) {
            self.sheets.text_to(x, self.y, label, SOFT);
        }
        self.sheets.rule(LEFT, RIGHT, self.y + 6.0);
        self.y += 22.0;
    }

    fn lines(&mut self, document: &Snapshot) {
        self.room(60.0);
        self.table_head();
        for line in &document.lines {
            let mut texts = vec![(line.title.clone(), PLAIN), (line.details.clone(), SOFT)];
            texts.extend(line.discount.iter().map(|told| (told.clone(), SOFT)));
            let count: usize = texts.iter().map(|(text, style)| self.sheets.broken(text, TITLES, *style).len()).sum();
            let height = STEP * u16::try_from(count).map_or(0.0, f32::from) + 10.0;
            if self.room(height) {
                self.table_head();
            }
            let numbers = [line.quantity.to_string(), line.unit_price.clone(), line.total.clone()];
            for (x, text) in COLUMNS.into_iter().zip(numbers) {
                self.sheets.text_to(x, self.y, &text, PLAIN);
            }
            let end = self.column(LEFT, self.y, TITLES, &texts);
            self.sheets.rule(LEFT, RIGHT, end - 6.0);
            self.y = end + 10.0;
        }
    }

    fn rows(&mut self, document: &Snapshot) {
        for row in &document.rows {
            self.room(STEP + 6.0);
            let style = if row.key == "total" { TOTAL } else { PLAIN };
            self.sheets.text_to(COLUMNS[1], self.y, &row.label, style);
            self.sheets.text_to(COLUMNS[2], self.y, &row.amount, style);
            self.y += STEP + 4.0;
        }
        for row in &document.paid {
            self.room(STEP + 6.0);
            self.sheets.text_to(COLUMNS[1], self.y, &row.label, SOFT);
            self.sheets.text_to(COLUMNS[2], self.y, &row.amount, SOFT);
            self.y += STEP + 4.0;
        }
    }

    fn taxes(&mut self, document: &Snapshot) {
        if !document.taxes.is_empty() {
            self.y += STEP;
            self.room(60.0);
            self.sheets.text(LEFT, self.y, "Tax", SOFT);
            for (x, label) in COLUMNS.into_iter().skip(1).zip(["Net", "Amount"]) {
                self.sheets.text_to(x, self.y, label, SOFT);
            }
            self.sheets.rule(LEFT, RIGHT, self.y + 6.0);
            self.y += 22.0;
        }
        for tax in &document.taxes {
            let label = if tax.included { format!("{} in the price", tax.label) } else { tax.label.clone() };
            let texts = [(label, PLAIN)];
            let count = self.sheets.broken(&texts[0].0, TITLES, PLAIN).len();
            self.room(STEP * u16::try_from(count).map_or(0.0, f32::from) + 4.0);
            for (x, text) in COLUMNS.into_iter().skip(1).zip([&tax.net, &tax.amount]) {
                self.sheets.text_to(x, self.y, text, PLAIN);
            }
            self.y = self.column(LEFT, self.y, TITLES, &texts) + 4.0;
        }
        for notice in [&document.taxes_notice, &document.tax_notice].into_iter().flatten() {
            self.room(STEP * 2.0);
            self.y = self.column(LEFT, self.y + STEP, RIGHT - LEFT, &[(notice.clone(), PLAIN)]);
        }
    }
}
