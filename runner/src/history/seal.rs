//! Sealing: what names a person is encrypted before it is stored, and found again only by keyed hash.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::hex::hex;
use super::key::Key;
use crate::ports::PortError;

/// First byte of everything sealed: XChaCha20-Poly1305, a 24-byte nonce, then the ciphertext with its tag.
const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// Seals and opens with keys derived from the office key, one for each purpose.
#[derive(Clone)]
pub(super) struct Sealer {
    cipher: XChaCha20Poly1305,
    hashing: Key,
    chaining: Key,
}

impl Sealer {
    /// Derives the keys.
    pub(super) fn new(office: &Key) -> Sealer {
        let derive = |purpose: &str| Zeroizing::new(mac(office, &[purpose.as_bytes()]));
        Sealer {
            cipher: XChaCha20Poly1305::new((&*derive("yakin seal 1")).into()),
            hashing: derive("yakin hash 1"),
            chaining: derive("yakin audit 1"),
        }
    }

    /// Encrypts bytes for one place (`item 12 payload`); they cannot be opened in another.
    pub(super) fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, PortError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| PortError::Store {
            detail: error.to_string(),
        })?;
        let payload = Payload {
            msg: plain,
            aad: place.as_bytes(),
        };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| PortError::Sealed)?;
        Ok([&[FORMAT], nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what was sealed for this place; [`PortError::Sealed`] if it is not exactly that.
    pub(super) fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, PortError> {
        let rest = sealed.strip_prefix(&[FORMAT]).ok_or(PortError::Sealed)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE>().ok_or(PortError::Sealed)?;
        let payload = Payload {
            msg: text,
            aad: place.as_bytes(),
        };
        self.cipher
            .decrypt(&XNonce::from(*nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| PortError::Sealed)
    }

    /// The keyed hash of something in a scope, in hex: equal for equal texts, telling nothing else.
    pub(super) fn hash(&self, scope: &str, text: &[u8]) -> String {
        hex(&mac(&self.hashing, &[scope.as_bytes(), text]))
    }

    /// One link of the audit chain, in hex.
    pub(super) fn link(&self, parts: &[&[u8]]) -> String {
        hex(&mac(&self.chaining, parts))
    }
}

/// HMAC-SHA256 (RFC 2104) over the parts, each with its length before it, so that no two lists of parts are alike.
fn mac(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&Zeroizing::new([byte; 32]))
    }

    #[test]
    fn what_was_sealed_opens_in_its_own_place_with_its_own_key_only() {
        let sealed = sealer(1).seal("item 1", "山田花子".as_bytes()).expect("sealed");
        assert_eq!(
            sealer(1).open("item 1", &sealed).expect("opened").as_slice(),
            "山田花子".as_bytes()
        );
        assert!(matches!(sealer(1).open("item 2", &sealed), Err(PortError::Sealed)));
        assert!(matches!(sealer(2).open("item 1", &sealed), Err(PortError::Sealed)));
    }

    #[test]
    fn every_changed_or_missing_byte_is_noticed() {
        let sealer = sealer(1);
        let sealed = sealer.seal("x", b"abc").expect("sealed");
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(matches!(sealer.open("x", &changed), Err(PortError::Sealed)), "{index}");
            assert!(
                matches!(sealer.open("x", &sealed[..index]), Err(PortError::Sealed)),
                "{index}"
            );
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_alike_but_always_hashed_alike() {
        let sealer = sealer(1);
        assert_ne!(
            sealer.seal("x", b"abc").expect("sealed"),
            sealer.seal("x", b"abc").expect("sealed")
        );
        assert_eq!(sealer.hash("l", b"abc"), sealer.hash("l", b"abc"));
        assert_ne!(sealer.hash("l", b"abc"), sealer.hash("la", b"bc"));
    }
}
