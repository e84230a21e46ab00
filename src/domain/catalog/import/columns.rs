//! The columns of the storefront CSV layout: which of them a file has, and where.

use super::ImportError;

macro_rules! columns {
    ($($name:ident => $title:literal),+ $(,)?) => {
        /// A column that the importer reads.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Column {
            $(
                #[doc = $title]
                $name,
            )+
        }

        const TITLES: &[(Column, &str)] = &[$((Column::$name, $title)),+];
    };
}

columns!(
    Handle => "Handle",
    Title => "Title",
    Body => "Body (HTML)",
    Vendor => "Vendor",
    GiftCard => "Gift Card",
    Type => "Type",
    Tags => "Tags",
    Published => "Published",
    Option1Name => "Option1 Name",
    Option1Value => "Option1 Value",
    Option2Name => "Option2 Name",
    Option2Value => "Option2 Value",
    Option3Name => "Option3 Name",
    Option3Value => "Option3 Value",
    Sku => "Variant SKU",
    Grams => "Variant Grams",
    Tracker => "Variant Inventory Tracker",
    Quantity => "Variant Inventory Qty",
    Policy => "Variant Inventory Policy",
    Price => "Variant Price",
    CompareAt => "Variant Compare At Price",
    RequiresShipping => "Variant Requires Shipping",
    Taxable => "Variant Taxable",
    Barcode => "Variant Barcode",
    ImageSrc => "Image Src",
    ImagePosition => "Image Position",
    ImageAlt => "Image Alt Text",
    SeoTitle => "SEO Title",
    SeoDescription => "SEO Description",
    VariantImage => "Variant Image",
    Status => "Status",
    Measure => "Unit Price Total Measure",
    MeasureUnit => "Unit Price Total Measure Unit",
    BaseMeasure => "Unit Price Base Measure",
    BaseMeasureUnit => "Unit Price Base Measure Unit",
);

/// The name column and the value column of each option.
pub const OPTIONS: [(Column, Column); 3] = [
    (Column::Option1Name, Column::Option1Value),
    (Column::Option2Name, Column::Option2Value),
    (Column::Option3Name, Column::Option3Value),
];

impl Column {
    /// Its title in the file.
    #[must_use]
    pub fn title(self) -> &'static str {
        TITLES.iter().find(|(column, _)| *column == self).map_or("", |(_, title)| title)
    }
}

/// Where a file has which column.
#[derive(Clone, Debug)]
pub struct Columns {
    places: [Option<usize>; TITLES.len()],
    /// Titles of columns that are not read.
    pub unused: Vec<String>,
    /// How many columns the file has.
    pub count: usize,
}

impl Columns {
    /// Reads the header. Order and case of the titles do not matter.
    ///
    /// # Errors
    /// The header is not text, or has no column `Handle`.
    pub fn of_header(header: &csv::ByteRecord) -> Result<Self, ImportError> {
        let mut columns = Self { places: [None; TITLES.len()], unused: Vec::new(), count: header.len() };
        for (place, cell) in header.iter().enumerate() {
            let title = std::str::from_utf8(cell).map_err(|_| ImportError::NotUtf8)?;
            let title = title.trim_start_matches('\u{feff}').trim();
            match TITLES.iter().find(|(_, known)| known.eq_ignore_ascii_case(title)) {
                Some((column, _)) if columns.places[*column as usize].is_none() => {
                    columns.places[*column as usize] = Some(place);
                }
                Some(_) => columns.unused.push(format!("{title} (a second time)")),
                None if title.is_empty() => {}
                None => columns.unused.push(title.to_owned()),
            }
        }
        if columns.has(Column::Handle) { Ok(columns) } else { Err(ImportError::NoHandleColumn) }
    }

    /// Whether the file has a column.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// Where the file has a column.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }
}
