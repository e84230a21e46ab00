//! The goods of the shop: plenty of some, a few of others, one of two.

use std::fmt::Write;

/// How many products have so many units that they never sell out.
const PLENTIFUL: usize = 12;
/// First stock of the scarce products.
const SCARCE: [u32; 6] = [1, 2, 4, 8, 16, 30];

/// A product file in the layout that the import takes.
pub fn csv() -> String {
    let mut text = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,\
                    Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,\
                    Variant Price,Variant Requires Shipping,Variant Taxable,Status\n"
        .to_owned();
    let mut row = |name: &str, number: usize, tag: &str, variant: &str, first: bool, stock: u32, cents: usize| {
        let (title, options) = if first { (format!("{name} {number}"), "Size") } else { (String::new(), "") };
        let (vendor, tags, published) = if first { ("Chaos", tag, "true") } else { ("", "", "") };
        // Writing into a string does not fail.
        let _ = writeln!(
            text,
            "{}-{number},{title},<p>About {name} {number}</p>,{vendor},Thing,{tags},{published},{options},{variant},\
             {}-{number}-{variant},100,cartwright,{stock},deny,{}.{:02},true,true,{}",
            name.to_lowercase(),
            name.to_uppercase(),
            cents / 100,
            cents % 100,
            if first { "active" } else { "" },
        );
    };
    for number in 1..=PLENTIFUL {
        row("Plenty", number, "plenty", "S", true, 1_000_000, 499 + number * 375);
        row("Plenty", number, "plenty", "L", false, 1_000_000, 799 + number * 375);
    }
    for (number, stock) in (1..).zip(SCARCE) {
        row("Scarce", number, "scarce", "S", true, stock, 1_999 + number * 100);
    }
    text
}
