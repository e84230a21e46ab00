//! The quote in words: one step after the other, each with the amount that it adds or takes.

use std::fmt;

use super::{DeliveryGroup, Quote, QuoteLine, TaxLine};
use crate::{AddressKey, Amount, Currency, DiscountKey, LineKey, PriceReason, TaxExemption, TaxKey};

/// One step of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is about.
    pub subject: StepSubject,
    /// What happens, in English.
    pub text: String,
    /// What it adds; negative takes.
    pub amount: Amount,
    /// Whether the amount changes the total. Prices, included taxes and sums only tell.
    pub counts: bool,
    currency: Currency,
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepSubject {
    /// A line.
    Line(LineKey),
    /// A delivery group.
    Delivery(Option<AddressKey>),
    /// The order.
    Order,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.currency.format(self.amount);
        let amount = if self.counts { amount } else { format!("({amount})") };
        write!(f, "{:<60} {amount:>20}", self.text)
    }
}

/// Collects the steps about one subject.
struct Teller<'a> {
    quote: &'a Quote,
    steps: Vec<Step>,
    subject: StepSubject,
}

impl Teller<'_> {
    fn tell(&mut self, text: String, amount: Amount, counts: bool) {
        self.steps.push(Step { subject: self.subject, text, amount, counts, currency: self.quote.currency });
    }

    fn adds(&mut self, text: String, amount: Amount) {
        self.tell(text, amount, true);
    }

    fn takes(&mut self, text: String, amount: Amount) {
        // Amounts of a quote are not negative, so that this cannot overflow.
        self.tell(text, Amount(-amount.0), true);
    }

    fn notes(&mut self, text: &str, amount: Amount) {
        self.tell(text.to_owned(), amount, false);
    }

    fn discount(&self, key: DiscountKey) -> String {
        match self.quote.discounts.iter().find(|discount| discount.key == key) {
            Some(discount) => match &discount.code {
                Some(code) => format!("{} (code {code})", discount.title),
                None => discount.title.to_string(),
            },
            None => "discount".to_owned(),
        }
    }

    fn tax_title(&self, key: TaxKey) -> &str {
        self.quote.taxes.iter().find(|tax| tax.tax == key).map_or("tax", |tax| &tax.title)
    }

    fn taxes(&mut self, taxes: &[TaxLine]) {
        for tax in taxes {
            let text = format!("{} {}", self.tax_title(tax.tax), tax.rate);
            if tax.included {
                self.notes(&format!("  contains {text}"), tax.amount);
            } else {
                self.adds(format!("  + {text}"), tax.amount);
            }
        }
    }

    fn line(&mut self, line: &QuoteLine) {
        self.subject = StepSubject::Line(line.key);
        let name = if line.title.is_empty() { "line" } else { &line.title };
        let each = self.quote.currency.format(line.unit_price);
        let why = match (line.price.reason, line.price.minimum_quantity) {
            (PriceReason::Own, ..=1) => String::new(),
            (PriceReason::Agreed, _) => " as agreed".to_owned(),
            (PriceReason::List(_), ..=1) => " by price list".to_owned(),
            (PriceReason::Own | PriceReason::List(_), from) => format!(" from {from} units on"),
        };
        self.adds(format!("{name}: {} x {each}{why}", line.quantity), line.subtotal);
        if line.unit_price != line.price.amount {
            self.notes("  price as entered, before taxes were taken out or put in", line.price.amount);
        }
        for piece in &line.discounts {
            self.takes(format!("  - {}", self.discount(piece.discount)), piece.amount);
        }
        match line.exemption {
            None => self.taxes(&line.taxes),
            Some(TaxExemption::Customer) => self.notes("  no tax: the customer is exempt", Amount::ZERO),
            Some(TaxExemption::ReverseCharge) => self.notes("  no tax: reverse charge", Amount::ZERO),
            Some(TaxExemption::GiftCard) => self.notes("  no tax: a gift card is taxed when it is spent", Amount::ZERO),
        }
    }

    fn delivery(&mut self, group: &DeliveryGroup) {
        self.subject = StepSubject::Delivery(group.address);
        if let Some(problem) = &group.problem {
            self.notes(&format!("Delivery is open: {problem}"), Amount::ZERO);
            return;
        }
        let chosen = group.options.iter().find(|option| Some(&option.handle) == group.chosen.as_ref());
        let title = chosen.map_or("Delivery", |option| &option.title).to_owned();
        self.adds(title, group.cost);
        for piece in &group.discounts {
            self.takes(format!("  - {}", self.discount(piece.discount)), piece.amount);
        }
        self.taxes(&group.taxes);
    }
}

impl Quote {
    /// The quote in words. The amounts of the steps that count add up to `due`.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let mut teller = Teller { quote: self, steps: Vec::new(), subject: StepSubject::Order };
        for line in &self.lines {
            teller.line(line);
        }
        for group in &self.delivery_groups {
            teller.delivery(group);
        }
        teller.subject = StepSubject::Order;
        for outcome in &self.codes {
            if let Some(problem) = outcome.problem {
                teller.notes(&format!("Code {}: {problem}", outcome.code), Amount::ZERO);
            }
        }
        teller.notes("Total", self.total);
        for card in self.gift_cards.iter().filter(|card| card.amount.is_positive()) {
            teller.takes("Gift card".to_owned(), card.amount);
        }
        teller.notes("Due", self.due);
        teller.steps
    }
}
