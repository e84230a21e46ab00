//! The templates: ours, and a merchant's instead of them. A broken one is found at the start, not with the first order.

use std::{fmt, path::Path};

use anyhow::Context;
use entity::notification::notification::NotificationKind as Kind;
use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};

use super::{letter::Letter, model, wrap::wrap};
use crate::platform::mail::one_line;

macro_rules! built_in {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("templates/", $name)))),+]
    };
}

/// Our templates by name. A merchant's file of the same name replaces one.
const BUILT_IN: [(&str, &str); 24] = built_in!(
    "layout.html",
    "order.html",
    "order.txt",
    "footer.txt",
    "order_confirmation.html",
    "order_confirmation.txt",
    "payment_failed.html",
    "payment_failed.txt",
    "order_expired.html",
    "order_expired.txt",
    "shipment.html",
    "shipment.txt",
    "refund.html",
    "refund.txt",
    "payment_returned.html",
    "payment_returned.txt",
    "cancellation.html",
    "cancellation.txt",
    "order_edited.html",
    "order_edited.txt",
    "balance_due.html",
    "balance_due.txt",
    "gift_card.html",
    "gift_card.txt",
);

/// How a text template begins: with the line that becomes the mail's subject.
const SUBJECT: &str = "Subject:";

/// Why a template cannot be used.
#[derive(Debug)]
pub struct TemplateError {
    file: String,
    line: Option<usize>,
    why: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "the template {}, line {line}: {}", self.file, self.why),
            None => write!(f, "the template {}: {}", self.file, self.why),
        }
    }
}

impl std::error::Error for TemplateError {}

/// A mail's parts as a template made them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Every template, checked.
pub struct Templates(Environment<'static>);

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Templates({})", self.0.templates().count())
    }
}

impl Templates {
    /// Our templates, those of a folder instead of ours where it has them. What has a name that ends in `.html` is escaped.
    ///
    /// # Errors
    /// The folder cannot be read; a file in it replaces no template; a template is broken, with its line.
    pub fn load(folder: Option<&Path>) -> anyhow::Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.context("the syntax of the templates")?);
        for (name, source) in BUILT_IN {
            environment.add_template(name, source).map_err(|error| explained(name, &error))?;
        }
        if let Some(folder) = folder {
            for (name, source) in replacements(folder)? {
                let added = environment.add_template_owned(name.clone(), source);
                added.map_err(|error| explained(&name, &error))?;
            }
        }
        let templates = Self(environment);
        for kind in model::kinds() {
            for full in [true, false] {
                templates.write(kind, &Letter::sample(kind, full))?;
            }
        }
        Ok(templates)
    }

    /// Writes a mail.
    pub(super) fn write(&self, kind: Kind, letter: &Letter) -> Result<Written, TemplateError> {
        let name = model::name(kind);
        let text = self.render(&format!("{name}.txt"), letter)?;
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let Some(subject) = first.strip_prefix(SUBJECT).map(one_line).filter(|subject| !subject.is_empty()) else {
            let why = format!("must begin with a line \"{SUBJECT} ...\"");
            return Err(TemplateError { file: format!("{name}.txt"), line: Some(1), why });
        };
        Ok(Written { subject, text: wrap(rest.trim_start()), html: self.render(&format!("{name}.html"), letter)? })
    }

    fn render(&self, name: &str, letter: &Letter) -> Result<String, TemplateError> {
        let template = self.0.get_template(name).map_err(|error| explained(name, &error))?;
        template.render(Serde(letter)).map_err(|error| explained(name, &error))
    }
}

/// The templates in a merchant's folder.
fn replacements(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let unread = || format!("cannot read the templates in {}", folder.display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(unread)? {
        let path = entry.with_context(unread)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".html") && !name.ends_with(".txt") {
            continue;
        }
        if !BUILT_IN.iter().any(|(known, _)| *known == name) {
            let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
            anyhow::bail!("{} replaces no template; there are {}", path.display(), known.join(", "));
        }
        let source = std::fs::read_to_string(&path);
        found.push((name, source.with_context(|| format!("cannot read the template {}", path.display()))?));
    }
    Ok(found)
}

fn explained(name: &str, error: &minijinja::Error) -> TemplateError {
    // An error in an included template is told as its cause.
    let mut inner = error;
    while let Some(cause) = std::error::Error::source(inner).and_then(|cause| cause.downcast_ref()) {
        inner = cause;
    }
    let why = match inner.detail() {
        Some(detail) => format!("{}: {detail}", inner.kind()),
        None => inner.kind().to_string(),
    };
    TemplateError { file: inner.name().unwrap_or(name).to_owned(), line: inner.line(), why }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shopper_wrote_is_printed_and_never_run() {
        let templates = Templates::load(None).expect("our templates");
        let written_to = |kind| {
            let mut letter = Letter::sample(kind, true);
            let order = letter.order.as_mut().expect("an order");
            order.first_name = Some("<script>alert(1)</script> {{7*7}} ${7*7} ../x".to_owned());
            order.lines[0].title = "{% include 'layout.html' %} & \"quotes\"".to_owned();
            order.shipping_address = vec!["<b>Ada</b>".to_owned()];
            templates.write(kind, &letter).expect("written")
        };
        // The recipient of a gift card is perhaps not the buyer: the buyer's name is not in it.
        for kind in model::kinds().filter(|kind| *kind != Kind::GiftCard) {
            let written = written_to(kind);
            assert!(!written.html.contains("<script>") && !written.html.contains("<b>Ada"), "{}", written.html);
            assert!(!written.html.contains("49") && !written.text.contains("49"), "{}", written.text);
            assert!(written.text.contains("{{7*7}} ${7*7} ../x"), "{}", written.text);
        }
        let confirmation = written_to(Kind::OrderConfirmation);
        assert!(confirmation.html.contains("&quot;quotes&quot;"), "{}", confirmation.html);
        assert!(confirmation.text.contains("{% include 'layout.html' %} & \"quotes\""), "{}", confirmation.text);
    }

    #[test]
    fn a_subject_stays_one_line_whatever_is_in_it() {
        let templates = Templates::load(None).expect("our templates");
        let mut letter = Letter::sample(Kind::OrderConfirmation, true);
        letter.shop.name = "Shop\r\nBcc: eve@example.com".to_owned();
        let written = templates.write(Kind::OrderConfirmation, &letter).expect("written");
        assert!(!written.subject.contains(['\r', '\n']), "{:?}", written.subject);
    }

    #[test]
    fn a_broken_template_is_told_with_its_file_and_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = |name: &str, source: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, source).expect("written");
            let error = Templates::load(Some(folder.path())).expect_err("refused").to_string();
            std::fs::remove_file(&path).expect("removed");
            error
        };
        let error = told("refund.txt", "Subject: Money\n\n{% if order.paid %}\nnever closed");
        assert!(error.contains("refund.txt, line "), "{error}");
        let error = told("refund.html", "<p>\n\n{{ order.nmae }}</p>");
        assert!(error.contains("refund.html, line 3"), "{error}");
        let error = told("order.txt", "\n{{ oder.name }}");
        assert!(error.contains("order.txt, line 2"), "{error}");
        let error = told("refund.txt", "Dear customer");
        assert!(error.contains("refund.txt, line 1") && error.contains("Subject:"), "{error}");
        let error = told("refunds.txt", "Subject: x");
        assert!(error.contains("replaces no template") && error.contains("refund.txt"), "{error}");
        assert!(Templates::load(Some(&folder.path().join("none"))).is_err());
    }
}
