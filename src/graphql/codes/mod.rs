//! Currency, country and language codes as GraphQL enums.

mod country;
mod currency;
mod language;

pub use country::CountryCode;
pub use currency::CurrencyCode;
pub use language::LanguageCode;

/// Makes a GraphQL enum of codes in alphabetical order, with the way from a code and back.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $(#[doc = $english:tt] $code:literal => $value:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, async_graphql::Enum)]
        pub enum $name {
            $(#[doc = $english] #[graphql(name = $code)] $value,)+
        }

        impl $name {
            /// Every code with its value, in alphabetical order.
            pub const ALL: &[(&str, Self)] = &[$(($code, Self::$value),)+];

            /// The value of a code; `None` for an unknown one.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                let place = Self::ALL.binary_search_by_key(&code, |(known, _)| known).ok()?;
                Self::ALL.get(place).map(|(_, value)| *value)
            }

            /// The code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$value => $code,)+
                }
            }
        }
    };
}
use codes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_round_trip() {
        macro_rules! check {
            ($($name:ident),+) => {$(
                assert!($name::ALL.is_sorted_by_key(|(code, _)| *code));
                for (code, value) in $name::ALL {
                    assert_eq!($name::from_code(code), Some(*value));
                    assert_eq!(value.code(), *code);
                }
                assert_eq!($name::from_code("??"), None);
            )+};
        }
        check!(CurrencyCode, CountryCode, LanguageCode);
    }
}
