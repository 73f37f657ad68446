//! Addresses of pages: the little that is needed of a URL, without opening anything.

/// The origin (RFC 6454) of an `http` or `https` address, as grants and secrets write it: the host in lower case, with
/// its port where it has one of its own, and `http://` before it when the way there is open to others.
///
/// `https://uketsuke.city.example/login` is `uketsuke.city.example`. So whoever grants a host grants the encrypted way
/// to it, and a page that has fallen back to `http` is another place. This machine itself needs no encryption.
pub fn origin_of(url: &str) -> Option<String> {
    let host = host_of(url)?;
    let open = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
    Some(if open && !is_loopback(&host) {
        format!("http://{host}")
    } else {
        host
    })
}

/// The host of an `http` or `https` address, with its port where one is written; lower case.
fn host_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    // `user@host` hides the real host behind something that looks like one.
    let host = authority.rsplit('@').next()?;
    let host = host.to_ascii_lowercase();
    let default = if scheme.eq_ignore_ascii_case("http") {
        ":80"
    } else {
        ":443"
    };
    let host = host.strip_suffix(default).unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// Whether an address stays on this machine.
pub fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host),
    };
    name == "localhost"
        || name == "::1"
        || name
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_what_a_browser_would_connect_to() {
        for (url, host) in [
            ("https://uketsuke.city.example/login", Some("uketsuke.city.example")),
            ("http://127.0.0.1:8080", Some("127.0.0.1:8080")),
            ("https://Host.Example:443/x", Some("host.example")),
            ("https://good.example@evil.example/", Some("evil.example")),
            ("https://good.example\\@evil.example/", Some("good.example")),
            ("http://[::1]:99/?q", Some("[::1]:99")),
            ("file:///etc/passwd", None),
            ("javascript:alert(1)", None),
            ("/login", None),
            ("http://", None),
        ] {
            assert_eq!(host_of(url).as_deref(), host, "{url}");
        }
    }

    #[test]
    fn an_origin_tells_the_open_way_from_the_encrypted_one() {
        for (url, origin) in [
            ("https://uketsuke.city.example/login", Some("uketsuke.city.example")),
            (
                "http://uketsuke.city.example/login",
                Some("http://uketsuke.city.example"),
            ),
            ("HTTP://Uketsuke.City.Example:80/", Some("http://uketsuke.city.example")),
            (
                "https://uketsuke.city.example:8443/",
                Some("uketsuke.city.example:8443"),
            ),
            ("http://127.0.0.1:8080/uketsuke", Some("127.0.0.1:8080")),
            ("ftp://uketsuke.city.example/", None),
        ] {
            assert_eq!(origin_of(url).as_deref(), origin, "{url}");
        }
    }

    #[test]
    fn loopback_is_only_this_machine() {
        for host in ["127.0.0.1:80", "localhost", "localhost:9", "[::1]:99", "127.9.9.9"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "[::2]",
            "2130706433",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
