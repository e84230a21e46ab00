//! Worked examples of tax offices and courts. Each names where it is from; what is not their own figure follows from the
//! rule that they state, calculated by hand in the comment.

use std::collections::BTreeSet;

use crate::make::*;
use pricing::*;

fn with(rules: TaxRules) -> Rules {
    Rules { taxes: Some(rules), ..Rules::default() }
}

fn vat(code: &str, rate: u32) -> TaxZone {
    inclusive(tax_zone(1, code, vec![standard(vec![component(1, "VAT", rate)])]))
}

fn line_taxes(quote: &Quote) -> Vec<Vec<i64>> {
    quote.lines.iter().map(|line| line.taxes.iter().map(|tax| tax.amount.0).collect()).collect()
}

/// Directive 2006/112/EC, Articles 73 and 78: the taxable amount is the consideration without the VAT itself, and transport
/// that the supplier charges belongs to it, so that it is taxed like the goods it carries. Rates of Germany, 19 % and 7 %:
/// "VAT rules and rates" of the EU's portal Your Europe.
#[test]
fn eu_transport_shares_the_rates_of_the_goods() {
    let zone = TaxZone {
        shipping: ShippingTax::AsGoods,
        rates: vec![standard(vec![component(1, "VAT", 190_000)]), of_class(1, vec![component(2, "VAT", 70_000)])],
        ..vat("DE", 0)
    };
    let mut cart = going_to(cart("EUR", &[(1, 1_190), (1, 2_140)]), address("DE"));
    cart.lines[1].tax_class = Some(TaxClassKey(1));
    let rules = Rules { delivery: Some(flat_delivery("EUR", 500)), ..with(taxes(vec![zone])) };
    let quote = quoted(&cart, &rules);
    // 11.90 contains 1.90 and 21.40 contains 1.40. Of 5.00 there go 1190/3330 = 1.79 with the first, 3.21 with the other:
    // 1.79 x 19/119 = 0.2858 and 3.21 x 7/107 = 0.2100.
    assert_eq!(line_taxes(&quote), [[190], [140]]);
    let shipping: Vec<i64> = quote.delivery_groups[0].taxes.iter().map(|tax| tax.amount.0).collect();
    assert_eq!((shipping, quote.tax_included, quote.total), (vec![29, 21], Amount(380), Amount(3_830)));
}

/// Directive 2006/112/EC, Articles 33 and 138: goods sent to a consumer of another member state carry that state's VAT,
/// goods sent to a taxable person there none. Hungary's 27 % is the highest rate of the union (Your Europe, as above).
#[test]
fn eu_distance_sales_carry_the_destinations_rate_and_sales_to_businesses_none() {
    let hungary = TaxZone { key: TaxZoneKey(2), reverse_charge: true, ..vat("HU", 270_000) };
    let rules = |abroad| with(TaxRules { abroad, ..taxes(vec![vat("DE", 190_000), hungary.clone()]) });
    let mut cart = going_to(cart("EUR", &[(1, 11_900)]), address("HU"));
    // 119.00 x 27/127 = 25.299
    assert_eq!(quoted(&cart, &rules(PricesAbroad::FixedGross)).tax_included, Amount(2_530));
    assert_eq!(quoted(&cart, &rules(PricesAbroad::FixedNet)).total, Amount(12_700));
    cart.customer = Some(Customer { tax_number_valid: true, ..Customer::default() });
    let business = quoted(&cart, &rules(PricesAbroad::FixedNet));
    assert_eq!((business.total, business.tax_included), (Amount(10_000), Amount::ZERO));
}

/// HMRC, VAT Notice 700, section 17.5, and its manual VATREC12010 and VATREC12020: a trader who invoices net prices may
/// round the invoice's VAT down to the penny; a retailer may not, but rounds each calculation up or down to the nearest
/// penny. The Court of Justice came to the same in C-302/07 (J D Wetherspoon). The VAT in a price at 20 % is one sixth.
#[test]
fn uk_retailers_round_to_the_nearest_penny_and_invoices_may_be_rounded_down() {
    let to_london = |lines: &[(i64, i64)]| going_to(cart("GBP", lines), address("GB"));
    let retail = with(taxes(vec![vat("GB", 200_000)]));
    // 9.99 / 6 = 1.665, each of three lines up to 1.67.
    let quote = quoted(&to_london(&[(1, 999), (1, 999), (1, 999)]), &retail);
    assert_eq!((line_taxes(&quote), quote.tax_included), (vec![vec![167]; 3], Amount(501)));
    // By the whole order: 29.97 / 6 = 4.995.
    let by_order = with(taxes(vec![rounded_by_order(vat("GB", 200_000), Rounding::HalfUp)]));
    assert_eq!(quoted(&to_london(&[(1, 999), (1, 999), (1, 999)]), &by_order).tax_included, Amount(500));
    // An invoice of net prices: 33.33 x 20 % = 6.666, down to 6.66.
    let net = tax_zone(1, "GB", vec![standard(vec![component(1, "VAT", 200_000)])]);
    let invoice = with(taxes(vec![rounded_by_order(net, Rounding::Down)]));
    assert_eq!(quoted(&to_london(&[(1, 1_111), (1, 2_222)]), &invoice).tax, Amount(666));
}

/// Texas Comptroller, "Texas Sales and Use Tax Frequently Asked Questions, Sales Tax Collection". Section 324 of the
/// Streamlined Sales and Use Tax Agreement has the same rule and allows it on the sum of state and local rates.
#[test]
fn texas_sales_tax_is_computed_on_the_sum_and_rounded_at_the_third_decimal() {
    let austin = |zone: TaxZone| {
        let rounding = TaxRounding { components: Components::Together, ..zone.rounding };
        let state_and_local = vec![component(1, "Texas", 62_500), component(2, "Austin", 20_000)];
        let area = Area { provinces: BTreeSet::from(["TX".into()]), ..Area::of_country(country("US")) };
        TaxZone { rounding, areas: vec![area], rates: vec![standard(state_and_local)], ..zone }
    };
    let zone = rounded_by_order(tax_zone(1, "US", vec![]), Rounding::HalfUp);
    let texan = |lines: &[(i64, i64)]| going_to(cart("USD", lines), in_province("US", "TX"));
    let rules = with(taxes(vec![austin(zone.clone())]));
    // The office's: 250.00 at 8.25 % is 20.625, charge 20.63.
    assert_eq!(quoted(&texan(&[(1, 25_000)]), &rules).tax, Amount(2_063));
    // The office's: three T-shirts at 10, 25 and 50 are taxed on their sum, 85.00. 7.0125 is 7.01, of which 6.25/8.25 are
    // the state's.
    let shirts = quoted(&texan(&[(1, 1_000), (1, 2_500), (1, 5_000)]), &rules);
    assert_eq!(shirts.tax, Amount(701));
    assert_eq!(shirts.taxes.iter().map(|tax| tax.amount.0).collect::<Vec<_>>(), [531, 170]);
    // The office's: 20.00 with tax included are 18.48 and 1.52.
    let included = with(taxes(vec![austin(inclusive(zone))]));
    assert_eq!(quoted(&texan(&[(1, 2_000)]), &included).tax_included, Amount(152));
}

fn canada(province: &str, components: Vec<Component>) -> (Rules, impl Fn(&[(i64, i64)]) -> Cart) {
    let area = Area { provinces: BTreeSet::from([province.into()]), ..Area::of_country(country("CA")) };
    let zone =
        TaxZone { areas: vec![area], shipping: ShippingTax::AsGoods, ..tax_zone(1, "CA", vec![standard(components)]) };
    let province = province.to_owned();
    (with(taxes(vec![zone])), move |lines: &[(i64, i64)]| going_to(cart("CAD", lines), in_province("CA", &province)))
}

/// Revenu Québec, "Calculating the Taxes": 100.00, GST 5.00, QST 9.98, total 114.98.
#[test]
fn quebec_charges_gst_and_qst_on_the_price() {
    let (rules, cart) = canada("QC", vec![component(1, "GST", 50_000), component(2, "QST", 99_750)]);
    let quote = quoted(&cart(&[(1, 10_000)]), &rules);
    assert_eq!((line_taxes(&quote), quote.total), (vec![vec![500, 998]], Amount(11_498)));
}

/// Canada Revenue Agency, "Charge my customers GST/HST": the GST is calculated on the price without PST and rounded to the
/// nearest cent. British Columbia, Bulletin PST 302: delivery of taxable goods is part of their price.
#[test]
fn british_columbia_charges_gst_and_pst_each_on_the_price_and_on_delivery() {
    let (rules, cart) = canada("BC", vec![component(1, "GST", 50_000), component(2, "PST", 70_000)]);
    let rules = Rules { delivery: Some(flat_delivery("CAD", 1_000)), ..rules };
    let quote = quoted(&cart(&[(1, 3_999)]), &rules);
    // 39.99 x 5 % = 1.9995 and x 7 % = 2.7993; 10.00 x 5 % and x 7 %.
    assert_eq!(line_taxes(&quote), [[200, 280]]);
    let shipping: Vec<i64> = quote.delivery_groups[0].taxes.iter().map(|tax| tax.amount.0).collect();
    assert_eq!((shipping, quote.tax, quote.total), (vec![50, 70], Amount(600), Amount(5_599)));
}

/// Canada Revenue Agency, interpretation 125136 of 28 November 2011: of a sale of 31.95 in Ontario the two parts of the HST
/// may be rounded each or together, under subsection 165.2(2) of the Excise Tax Act.
#[test]
fn the_two_parts_of_ontarios_hst_may_be_rounded_each_or_together() {
    let (mut rules, cart) =
        canada("ON", vec![component(1, "HST federal", 50_000), component(2, "HST Ontario", 80_000)]);
    // 1.5975 and 2.556.
    assert_eq!(line_taxes(&quoted(&cart(&[(1, 3_195)]), &rules)), [[160, 256]]);
    rules.taxes.as_mut().expect("taxes").zones[0].rounding.components = Components::Together;
    // 4.1535, of which 5/13 are 1.596.
    assert_eq!(line_taxes(&quoted(&cart(&[(1, 3_195)]), &rules)), [[160, 255]]);
}

/// Prince Edward Island until March 2013, a tax upon a tax: 39.99, GST 5 % 2.00, PST 10 % of 41.99 4.20, total 46.19
/// ("How do I calculate GST HST?", sbinfocanada.about.com).
#[test]
fn a_compound_tax_is_charged_on_the_price_and_the_tax_before() {
    let compound = Component { compound: true, ..component(2, "PST", 100_000) };
    let (rules, cart) = canada("PE", vec![component(1, "GST", 50_000), compound]);
    let quote = quoted(&cart(&[(1, 3_999)]), &rules);
    assert_eq!((line_taxes(&quote), quote.total), (vec![vec![200, 420]], Amount(4_619)));
}

/// Japan, National Tax Agency, questions and answers on the qualified invoice system: a fraction of a yen is rounded once
/// for each rate of an invoice, up, down or to the nearest as the seller likes, and not for each article.
#[test]
fn japan_rounds_once_for_each_rate_of_an_invoice() {
    let rates = vec![standard(vec![component(1, "10 %", 100_000)]), of_class(1, vec![component(2, "8 %", 80_000)])];
    let zone = rounded_by_order(tax_zone(1, "JP", rates), Rounding::Down);
    let mut cart = going_to(cart("JPY", &[(1, 155), (1, 155), (1, 106), (1, 106), (1, 106)]), address("JP"));
    for line in &mut cart.lines[2..] {
        line.tax_class = Some(TaxClassKey(1));
    }
    let quote = quoted(&cart, &with(taxes(vec![zone])));
    // 310 x 10 % = 31 and 318 x 8 % = 25.44; for each article it would be 15 + 15 and 8 + 8 + 8.
    let sums: Vec<(i64, i64)> = quote.taxes.iter().map(|tax| (tax.taxable.0, tax.amount.0)).collect();
    assert_eq!((sums, quote.total), (vec![(310, 31), (318, 25)], Amount(684)));
    assert_eq!(quote.lines.iter().map(|line| line.tax.0).sum::<i64>(), 56);
}

/// Bahrain, National Bureau for Revenue: VAT of 10 % since 2022; a fraction of a fils is rounded to the nearest.
#[test]
fn bahrain_rounds_to_the_fils() {
    let zone = tax_zone(1, "BH", vec![standard(vec![component(1, "VAT", 100_000)])]);
    let quote = quoted(&going_to(cart("BHD", &[(1, 1_235)]), address("BH")), &with(taxes(vec![zone])));
    // 1.235 x 10 % = 0.1235
    assert_eq!((quote.tax, quote.currency.format(quote.total)), (Amount(124), "1.359 BHD".to_owned()));
}
