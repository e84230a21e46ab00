//! A short text sealed for a while, so that what is kept in the database is not what it says: ChaCha20-Poly1305 (RFC 8439), under
//! a key of the shop's, for one object.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use uuid::Uuid;

use super::{Sources, keys::KeyRing};

/// What the keys are derived for.
const PURPOSE: &str = "seal";

/// Seals a text for the object `about`; only there it opens. `None`: it cannot be sealed, which no text of ours causes.
#[must_use]
pub fn seal(keys: &KeyRing, sources: &Sources, about: Uuid, text: &str) -> Option<String> {
    let nonce: [u8; NONCE_LEN] = sources.secret();
    let mut sealed = text.as_bytes().to_vec();
    let key = aead_keys(keys).next()?;
    let tag = key
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about.as_bytes()), &mut sealed)
        .ok()?;
    sealed.extend_from_slice(tag.as_ref());
    Some(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
}

/// Opens what was sealed for this object, under any key that verifies. `None`: it was sealed for another, or changed.
#[must_use]
pub fn open(keys: &KeyRing, about: Uuid, sealed: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
    let nonce: [u8; NONCE_LEN] = nonce.try_into().ok()?;
    aead_keys(keys).find_map(|key| {
        let mut text = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(nonce);
        let text = key.open_in_place(nonce, Aad::from(about.as_bytes()), &mut text).ok()?;
        String::from_utf8(text.to_vec()).ok()
    })
}

fn aead_keys(keys: &KeyRing) -> impl Iterator<Item = LessSafeKey> {
    keys.derived(PURPOSE).filter_map(|bytes| UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok()).map(LessSafeKey::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_opens_for_its_object_only_and_never_reads_the_same() {
        let sources = Sources::system();
        let (keys, other) = (KeyRing::of_secret(b"one"), KeyRing::of_secret(b"two"));
        let (here, there) = (Uuid::now_v7(), Uuid::now_v7());
        let sealed = seal(&keys, &sources, here, "ABCD EFGH").expect("sealed");
        assert_eq!(open(&keys, here, &sealed).as_deref(), Some("ABCD EFGH"));
        assert_eq!(open(&keys, there, &sealed), None);
        assert_eq!(open(&other, here, &sealed), None);
        assert_eq!(open(&keys, here, "AAAA"), None);
        assert_ne!(seal(&keys, &sources, here, "ABCD EFGH"), Some(sealed));
    }
}
