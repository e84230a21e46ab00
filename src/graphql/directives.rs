//! Directives that front ends put on their documents. `@inContext` chooses what `localization` says and which country's prices
//! are shown; `@defer` is accepted and has no effect: an answer comes whole.

use std::borrow::Cow;

use async_graphql::{
    ContextDirective, CustomDirective, CustomDirectiveFactory, InputType, ServerError, ServerResult,
    parser::types::Directive,
    registry::{__DirectiveLocation, Deprecation, MetaDirective, MetaInputValue, Registry},
};

use super::codes::{CountryCode, LanguageCode};

/// `@inContext(country, language)` on an operation.
pub struct InContext;

/// `@defer(if, label)` on a fragment.
pub struct Defer;

impl CustomDirectiveFactory for InContext {
    fn name(&self) -> Cow<'static, str> {
        "inContext".into()
    }

    fn register(&self, registry: &mut Registry) {
        let country = Option::<CountryCode>::create_type_info(registry);
        let language = Option::<LanguageCode>::create_type_info(registry);
        registry.add_directive(directive(
            "inContext",
            "For whom the operation is answered. `localization` follows it where the shop sells to the country and has the language. Prices are those of the country, in its currency; texts stay as they were written.",
            vec![__DirectiveLocation::QUERY, __DirectiveLocation::MUTATION],
            [
                argument("country", country, "The buyer's country."),
                argument("language", language, "The buyer's language."),
            ],
        ));
    }

    fn create(&self, _: &ContextDirective<'_>, directive: &Directive) -> ServerResult<Box<dyn CustomDirective>> {
        Err(misplaced(directive))
    }
}

impl CustomDirectiveFactory for Defer {
    fn name(&self) -> Cow<'static, str> {
        "defer".into()
    }

    fn register(&self, registry: &mut Registry) {
        let condition = Option::<bool>::create_type_info(registry);
        let label = Option::<String>::create_type_info(registry);
        registry.add_directive(directive(
            "defer",
            "This part may come later. It does not: everything comes at once, which the directive allows.",
            vec![__DirectiveLocation::FRAGMENT_SPREAD, __DirectiveLocation::INLINE_FRAGMENT],
            [
                argument("if", condition, "Whether it may come later; true when left out."),
                argument("label", label, "A name of the part, unique in the document."),
            ],
        ));
    }

    fn create(&self, _: &ContextDirective<'_>, directive: &Directive) -> ServerResult<Box<dyn CustomDirective>> {
        Err(misplaced(directive))
    }
}

/// The library creates directives of fields only, and validation lets none of ours stand on a field.
fn misplaced(directive: &Directive) -> ServerError {
    ServerError::new(format!("\"{}\" has no place on a field", directive.name.node), Some(directive.name.pos))
}

fn directive(
    name: &str,
    description: &str,
    locations: Vec<__DirectiveLocation>,
    arguments: [MetaInputValue; 2],
) -> MetaDirective {
    MetaDirective {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        locations,
        args: arguments.into_iter().map(|argument| (argument.name.clone(), argument)).collect(),
        is_repeatable: false,
        visible: None,
        composable: None,
    }
}

fn argument(name: &str, ty: String, description: &str) -> MetaInputValue {
    MetaInputValue {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        ty,
        deprecation: Deprecation::NoDeprecated,
        default_value: None,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        is_secret: false,
        directive_invocations: Vec::new(),
    }
}
