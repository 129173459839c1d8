//! The clock of a page's country, by the end of its address: a time of the world's clock is on another day there for some
//! hours.
//!
//! It knows countries only, no site; where a country has several clocks, that of most of its newspapers.

/// The IANA name of the zone of the country in whose domain an address lies; `None` for domains of no country, and for those
/// that anybody takes.
pub(super) fn of(url: &str) -> Option<&'static str> {
    let host = url.split("://").nth(1)?.split(['/', '?', '#', ':']).next()?;
    let (_, domain) = host.rsplit_once('.')?;
    ZONES.iter().find(|(_, domains)| domains.split(' ').any(|known| known == domain)).map(|(zone, _)| *zone)
}

/// Zones, each with the domains of its countries.
const ZONES: &[(&str, &str)] = &[
    ("Africa/Cairo", "eg"),
    ("Africa/Johannesburg", "za bw zw zm mz mw na"),
    ("Africa/Lagos", "ng ao cm bj ne"),
    ("Africa/Nairobi", "ke ug tz et"),
    ("America/Argentina/Buenos_Aires", "ar"),
    ("America/Asuncion", "py"),
    ("America/Bogota", "pe ec"),
    ("America/Caracas", "ve"),
    ("America/Costa_Rica", "cr gt hn ni sv"),
    ("America/La_Paz", "bo"),
    ("America/Mexico_City", "mx"),
    ("America/Montevideo", "uy"),
    ("America/New_York", "us"),
    ("America/Panama", "pa jm"),
    ("America/Santiago", "cl"),
    ("America/Santo_Domingo", "do"),
    ("America/Sao_Paulo", "br"),
    ("America/Toronto", "ca"),
    ("Asia/Baku", "az"),
    ("Asia/Dhaka", "bd"),
    ("Asia/Dubai", "ae"),
    ("Asia/Hong_Kong", "hk"),
    ("Asia/Jakarta", "id"),
    ("Asia/Jerusalem", "il"),
    ("Asia/Karachi", "pk"),
    ("Asia/Kathmandu", "np"),
    ("Asia/Kolkata", "in lk"),
    ("Asia/Kuala_Lumpur", "my sg ph"),
    ("Asia/Riyadh", "sa qa kw"),
    ("Asia/Seoul", "kr"),
    ("Asia/Shanghai", "cn tw mo"),
    ("Asia/Tbilisi", "ge am"),
    ("Asia/Tehran", "ir"),
    ("Asia/Tokyo", "jp"),
    ("Asia/Bangkok", "th vn kh"),
    ("Australia/Sydney", "au"),
    ("Europe/Athens", "gr cy"),
    ("Europe/Berlin", "de at ch fr it es nl be lu dk no se pl cz sk hu si hr rs ba mk al mt li"),
    ("Europe/Bucharest", "ro bg md"),
    ("Europe/Helsinki", "fi ee lv lt"),
    ("Europe/Istanbul", "tr"),
    ("Europe/Kyiv", "ua"),
    ("Europe/Lisbon", "pt"),
    ("Europe/London", "uk ie"),
    ("Europe/Moscow", "ru by"),
    ("Pacific/Auckland", "nz"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_known_and_every_domain_has_one() {
        let mut seen = std::collections::HashSet::new();
        for (zone, domains) in ZONES {
            assert!(jiff::tz::TimeZone::get(zone).is_ok(), "{zone}");
            assert!(domains.split(' ').all(|domain| domain.len() == 2 && seen.insert(domain)), "{zone}: {domains}");
        }
        assert_eq!(of("https://www.example.com.br/a.html"), Some("America/Sao_Paulo"));
        assert_eq!(of("https://example.co.uk"), Some("Europe/London"));
        assert_eq!((of("https://example.com/br"), of("example")), (None, None));
    }
}
