//! Making one product of its rows: the product as it is in the shop, and what the rows say, give the product as it shall
//! be. Pure.

use std::collections::HashMap;

use entity::{ids::VariantId, money::Currency};

use super::{
    columns::{Column, Columns, OPTIONS},
    groups::Row,
    read_row::{ImageRow, Reader, VariantRow},
    report::{Problem, Severity},
};
use crate::{
    domain::{
        catalog::{
            checks::{Checks, IMAGES_MOST, OPTIONS_MOST, VARIANTS_MOST},
            errors::Refusal,
            patch::{ImageDraft, OptionDraft, ProductPatch, VariantPatch, check_options},
            whole_product::{DEFAULT_OPTION, DEFAULT_VALUE, WholeProduct},
            whole_store::Change,
        },
        shared::fold,
    },
    platform::Sources,
};

/// Pixels of pictures by URL, for those whose size is known.
pub type PictureSizes = HashMap<String, (i32, i32)>;

/// What assembling needs beside the rows.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Where the file has which column.
    pub columns: &'a Columns,
    /// The shop's currency.
    pub currency: Currency,
    /// Clock and ids.
    pub sources: &'a Sources,
    /// Known pictures.
    pub sizes: &'a PictureSizes,
}

/// A product made of rows.
#[derive(Debug)]
pub struct Assembled {
    /// What shall change.
    pub change: Change,
    /// New variants with their first stock.
    pub new_variants: Vec<(VariantId, i64)>,
    /// What the file says of the stock of variants that the shop has already.
    pub counts: Vec<(VariantId, i64)>,
}

/// What came of the rows of one product.
#[derive(Debug)]
pub struct Outcome {
    /// The product; `None` when nothing of it can be taken.
    pub assembled: Option<Assembled>,
    /// What was odd.
    pub problems: Vec<Problem>,
    /// Rows that were not taken while the product was.
    pub rows_refused: u64,
}

/// Makes one product of its rows, which are at least one.
#[must_use]
pub fn assemble(context: Context<'_>, handle: &str, rows: &[Row], before: Option<&WholeProduct>) -> Outcome {
    let mut assembly = Assembly { context, handle, rows, problems: Vec::new(), rows_refused: 0 };
    let assembled = assembly.product(before);
    let Assembly { problems, rows_refused, .. } = assembly;
    Outcome { rows_refused: if assembled.is_some() { rows_refused } else { 0 }, assembled, problems }
}

struct Assembly<'a> {
    context: Context<'a>,
    handle: &'a str,
    rows: &'a [Row],
    problems: Vec<Problem>,
    rows_refused: u64,
}

/// The options of the product, and which option columns of the file they are.
struct Options {
    names: Vec<String>,
    columns: Vec<usize>,
}

impl Assembly<'_> {
    fn say(&mut self, line: u64, severity: Severity, message: impl Into<String>) {
        let handle = Some(self.handle.to_owned());
        self.problems.push(Problem { line, severity, handle, message: message.into() });
    }

    fn refuse_product(&mut self, line: u64, message: impl Into<String>) -> Option<Assembled> {
        self.say(line, Severity::Refused, message);
        None
    }

    fn product(&mut self, before: Option<&WholeProduct>) -> Option<Assembled> {
        let (columns, sources) = (self.context.columns, self.context.sources);
        let first = self.rows.first()?;
        let titled = self.rows.iter().find(|row| row.filled(columns, Column::Title).is_some());
        let main = titled.unwrap_or(first);
        self.warn_of_second_titles(main);

        let mut reader = Reader::new(columns, main);
        let mut patch = reader.product();
        for warning in reader.warnings {
            self.say(main.line, Severity::Warning, warning);
        }
        if before.is_none() {
            if patch.title.is_none() {
                return self.refuse_product(first.line, "no row has the product's title");
            }
            patch.published = patch.published.or(Some(true));
        }
        if let Err(message) = check(&patch) {
            return self.refuse_product(main.line, message);
        }
        let empty = || {
            let mut whole = WholeProduct::empty(sources.id(), sources.now());
            self.handle.clone_into(&mut whole.product.handle);
            whole
        };
        let mut whole = before.cloned().unwrap_or_else(empty);
        whole.apply(&patch, sources.now());

        let images = self.images();
        if images.len() > IMAGES_MOST {
            return self.refuse_product(main.line, format!("more than {IMAGES_MOST} pictures"));
        }
        self.arrange_images(&mut whole, &images);
        let (new_variants, counts) = self.variants(&mut whole)?;
        if whole.variants.is_empty() {
            return self.refuse_product(main.line, "no row gives it a variant");
        }
        whole.settle();
        let change = Change { before: before.cloned(), after: whole };
        Some(Assembled { change, new_variants, counts })
    }

    fn warn_of_second_titles(&mut self, main: &Row) {
        let columns = self.context.columns;
        let title = main.cell(columns, Column::Title);
        let differs = |row: &&Row| row.filled(columns, Column::Title).is_some_and(|other| other != title);
        let lines: Vec<u64> = self.rows.iter().filter(differs).map(|row| row.line).collect();
        for line in lines {
            let message = format!("another product has this handle since line {}; its words are kept", main.line);
            self.say(line, Severity::Warning, message);
        }
    }

    /// The pictures in their order, each URL once.
    fn images(&mut self) -> Vec<ImageRow> {
        let mut images: Vec<ImageRow> = Vec::new();
        for row in self.rows {
            let mut reader = Reader::new(self.context.columns, row);
            let image = reader.image();
            for warning in reader.warnings {
                self.say(row.line, Severity::Warning, warning);
            }
            if let Some(image) = image
                && !images.iter().any(|known| known.url == image.url)
            {
                images.push(image);
            }
        }
        images.sort_by_key(|image| image.position.unwrap_or(u32::MAX));
        images
    }

    /// The file's pictures first, in its order, then those that only the shop has.
    fn arrange_images(&self, whole: &mut WholeProduct, images: &[ImageRow]) {
        for image in images {
            let size = self.context.sizes.get(&image.url);
            let draft = ImageDraft {
                url: image.url.clone(),
                alt: image.alt.clone(),
                width: size.map(|size| size.0),
                height: size.map(|size| size.1),
            };
            whole.add_image(&draft, self.context.sources);
        }
        let places: HashMap<&str, usize> =
            images.iter().enumerate().map(|(place, image)| (image.url.as_str(), place)).collect();
        whole.images.sort_by_key(|image| places.get(image.url.as_str()).copied().unwrap_or(usize::MAX));
    }

    /// Adds and changes variants. `None` when the product is refused.
    #[expect(clippy::type_complexity, reason = "the two lists of an Assembled")]
    fn variants(&mut self, whole: &mut WholeProduct) -> Option<(Vec<(VariantId, i64)>, Vec<(VariantId, i64)>)> {
        let rows = self.variant_rows();
        let (mut new, mut counts) = (Vec::new(), Vec::new());
        let Some((first, _)) = rows.first() else { return Some((new, counts)) };
        let options = self.options(whole, &rows);
        if let Err(message) = self.set_options(whole, &options, &rows) {
            self.say(*first, Severity::Refused, message);
            return None;
        }
        let mut places: HashMap<Vec<String>, usize> =
            whole.variants.iter().enumerate().map(|(place, variant)| (variant.combination(), place)).collect();
        let mut seen: HashMap<Vec<String>, u64> = HashMap::new();
        for (line, row) in rows {
            let values = match values(&options, &row) {
                Ok(values) => values,
                Err(message) => {
                    self.refuse_row(line, message);
                    continue;
                }
            };
            let combination: Vec<String> = values.iter().map(|value| fold(value)).collect();
            if let Some(earlier) = seen.insert(combination.clone(), line) {
                let message = format!("line {earlier} has the same option values ({})", values.join(" / "));
                seen.insert(combination, earlier);
                self.refuse_row(line, message);
                continue;
            }
            let (quantity, price) = (row.patch.quantity, row.patch.price_minor);
            let patch = VariantPatch { values: Some(values), ..row.patch };
            match places.get(&combination) {
                Some(place) => {
                    whole.change_variant(*place, &patch, self.context.sources);
                    let id = whole.variants.get(*place).map(|whole| whole.variant.id);
                    counts.extend(id.zip(quantity));
                }
                None if price.is_none() => self.refuse_row(line, "the price of a new variant is missing"),
                None if whole.variants.len() >= VARIANTS_MOST => {
                    self.say(line, Severity::Refused, format!("more than {VARIANTS_MOST} variants"));
                    return None;
                }
                None => {
                    let id = whole.add_variant(&patch, self.context.currency, self.context.sources);
                    places.insert(combination, whole.variants.len() - 1);
                    new.push((id, quantity.unwrap_or(0)));
                }
            }
        }
        Some((new, counts))
    }

    fn refuse_row(&mut self, line: u64, message: impl Into<String>) {
        self.rows_refused += 1;
        self.say(line, Severity::Refused, message);
    }

    /// The rows about variants that can be taken, each with its line.
    fn variant_rows(&mut self) -> Vec<(u64, VariantRow)> {
        let mut variants = Vec::new();
        for row in self.rows {
            let mut reader = Reader::new(self.context.columns, row);
            if !reader.is_variant() {
                continue;
            }
            let variant = reader.variant(self.context.currency);
            for warning in reader.warnings {
                self.say(row.line, Severity::Warning, warning);
            }
            match variant {
                Ok(variant) => variants.push((row.line, variant)),
                Err(message) => self.refuse_row(row.line, message),
            }
        }
        variants
    }

    /// Which of the three options the product has: those for which a row has a value.
    fn options(&mut self, whole: &WholeProduct, rows: &[(u64, VariantRow)]) -> Options {
        let mut options = Options { names: Vec::new(), columns: Vec::new() };
        for (place, (name, _)) in OPTIONS.iter().enumerate() {
            if !rows.iter().any(|(_, row)| row.values.get(place).is_some_and(Option::is_some)) {
                continue;
            }
            let named = self.rows.iter().find_map(|row| row.filled(self.context.columns, *name));
            let present = whole.options.get(options.names.len()).filter(|_| !whole.is_plain());
            let name = named.map(str::to_owned).or_else(|| present.map(|option| option.name.clone()));
            options.names.push(name.unwrap_or_else(|| format!("Option {}", place + 1)));
            options.columns.push(place);
        }
        // The layout writes a product without options as one option with one well-known value.
        let plain = match options.columns.as_slice() {
            [] => true,
            [only] => {
                rows.iter().all(|(_, row)| row.values[*only].as_deref().is_none_or(|value| value == DEFAULT_VALUE))
            }
            _ => false,
        };
        if plain {
            options = Options { names: vec![DEFAULT_OPTION.to_owned()], columns: Vec::new() };
        }
        options
    }

    /// Gives the product the options of the file.
    fn set_options(
        &self,
        whole: &mut WholeProduct,
        options: &Options,
        rows: &[(u64, VariantRow)],
    ) -> Result<(), String> {
        let names: Vec<OptionDraft> =
            options.names.iter().map(|name| OptionDraft { name: name.clone(), values: Vec::new() }).collect();
        let mut checks = Checks::default();
        check_options(&mut checks, &names);
        if let Some(refusal) = checks.refusals.first() {
            return Err(format!("{refusal} ({})", options.names.join(", ")));
        }
        debug_assert!(options.names.len() <= OPTIONS_MOST, "the layout has three options");
        let file_is_plain = options.columns.is_empty();
        match (whole.is_plain(), file_is_plain) {
            _ if whole.variants.is_empty() => {
                whole.name_options(options.names.iter().map(String::as_str), self.context.sources);
                return Ok(());
            }
            (true, true) => return Ok(()),
            (false, false) if whole.options.len() == options.names.len() => {
                whole.name_options(options.names.iter().map(String::as_str), self.context.sources);
                return Ok(());
            }
            (true, false) if let ([_], Some((_, first))) = (whole.variants.as_slice(), rows.first()) => {
                // A product without options gets them: its one variant becomes the first of the file.
                let first = values(options, first)?;
                let named = options.names.iter().zip(first);
                let drafts: Vec<OptionDraft> =
                    named.map(|(name, value)| OptionDraft { name: name.clone(), values: vec![value] }).collect();
                return whole.set_options(&drafts, self.context.sources).map_err(|refusal| refusal.to_string());
            }
            (true | false, true | false) => {}
        }
        let present: Vec<&str> = whole.options.iter().map(|option| option.name.as_str()).collect();
        Err(format!(
            "the product has the options {}, the file {}; change its options first",
            present.join(", "),
            options.names.join(", ")
        ))
    }
}

/// The values of a row for the product's options.
fn values(options: &Options, row: &VariantRow) -> Result<Vec<String>, String> {
    if options.columns.is_empty() {
        return Ok(vec![DEFAULT_VALUE.to_owned()]);
    }
    let named = options.columns.iter().zip(&options.names);
    named
        .map(|(place, name)| {
            let value = row.values.get(*place).cloned().flatten();
            value.ok_or_else(|| format!("a value for the option {name:?} is missing"))
        })
        .collect()
}

fn check(patch: &ProductPatch) -> Result<(), String> {
    let mut checks = Checks::default();
    patch.check(&mut checks);
    let message = |refusal: &Refusal| format!("{} {refusal}", refusal.field().join("."));
    let messages: Vec<String> = checks.refusals.iter().map(message).collect();
    if messages.is_empty() { Ok(()) } else { Err(messages.join("; ")) }
}
