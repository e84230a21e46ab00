//! What is known about a person, checked; and how an e-mail address is compared.

use entity::address::Address;

use super::Refusal;
use crate::domain::shared::{
    address::{self, AddressProblem},
    fold,
};

/// What people tell about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Whether mail about offers is welcome.
    pub accepts_marketing: bool,
}

impl Profile {
    /// Trims the texts and refuses what cannot be kept, by the same rules as the fields of an address.
    ///
    /// # Errors
    /// One refusal a field.
    pub fn check(self) -> Result<Self, Vec<Refusal>> {
        let texts =
            Address { first_name: self.first_name, last_name: self.last_name, phone: self.phone, ..Address::default() };
        let texts = address::tidy(texts);
        let refusals: Vec<Refusal> = address::problems(&texts)
            .into_iter()
            .filter(|(_, problem)| *problem != AddressProblem::Required)
            .map(|(field, problem)| Refusal::Profile { field, problem })
            .collect();
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let Address { first_name, last_name, phone, .. } = texts;
        Ok(Self { first_name, last_name, phone, accepts_marketing: self.accepts_marketing })
    }
}

/// The form of an e-mail address that is unique: case and accents do not make another address.
#[must_use]
pub fn email_key(email: &str) -> String {
    fold(email)
}

/// What staff search in: address, names and phone, folded.
#[must_use]
pub fn search_text(email: &str, profile: &Profile) -> String {
    let texts = [Some(email), profile.first_name.as_deref(), profile.last_name.as_deref(), profile.phone.as_deref()];
    fold(&texts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// The address as given, trimmed, when it has the form of one.
///
/// # Errors
/// `EmailBlank`, `EmailInvalid`.
pub fn check_email(email: &str) -> Result<&str, Refusal> {
    let email = email.trim();
    if email.is_empty() {
        Err(Refusal::EmailBlank)
    } else if address::is_email(email) {
        Ok(email)
    } else {
        Err(Refusal::EmailInvalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_trimmed_and_every_bad_field_named() {
        let profile = Profile { first_name: Some(" Ada ".into()), last_name: Some("  ".into()), ..Profile::default() };
        let kept = profile.check().expect("good texts");
        assert_eq!((kept.first_name.as_deref(), kept.last_name), (Some("Ada"), None));
        let profile =
            Profile { first_name: Some("<b>".into()), phone: Some("4242 4242 4242 4242".into()), ..Profile::default() };
        let fields: Vec<_> = profile.check().expect_err("two bad texts").iter().map(Refusal::field).collect();
        assert_eq!(fields, [Some("firstName"), Some("phone")]);
    }

    #[test]
    fn addresses_that_differ_in_case_are_one() {
        assert_eq!(email_key(" Jane.Doe@Example.COM"), email_key("jane.doe@example.com"));
    }
}
