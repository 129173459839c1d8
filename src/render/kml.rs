//! The places of a hit list as KML 2.2, for Google Earth: one placemark for each place.
//!
//! All is written at the end, since a place is known only when every row has passed.

use std::io::{self, Write};

use super::{
    counted,
    hitlist::{Head, HitList},
    one_line,
    places::{self, Named, Place, Places, Point},
    xml::{HEAD, xml},
};
use crate::hit::Provenance;

/// Begins a list; nothing stands before the last row.
///
/// # Errors
/// None.
pub fn begin<'a>(_: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    Ok(places::begin(put, out))
}

fn put(places: &Places, provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{HEAD}<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>")?;
    writeln!(out, "<name>{}</name>", xml(&one_line(&provenance.query.text)))?;
    let without: Vec<String> = places.without().map(|(path, n)| format!("{path} ({n})")).collect();
    let left: String = places.notes().iter().map(|note| format!("{note}. ")).collect();
    writeln!(out, "<description>{}{}</description>", xml(&left), xml(&without.join("; ")))?;
    let marker = serde_json::to_string(provenance)?;
    writeln!(out, "<ExtendedData>{}</ExtendedData>", data("morgue_export", &marker))?;
    places.placed().try_for_each(|named| placemark(named, &places.articles(named.2), out))?;
    writeln!(out, "</Document>\n</kml>")
}

fn placemark((path, at, place): (&str, Point, &Place), articles: &[&Named], out: &mut dyn Write) -> io::Result<()> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let listed: Vec<String> = articles.iter().map(|article| line(article)).collect();
    let count = articles.len() as u64;
    let said = format!("{}\n{}", counted(count, "article", "articles"), listed.join("\n"));
    writeln!(out, "<Placemark>\n<name>{}</name>\n<description>{}</description>", xml(name), xml(&said))?;
    let ids: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    let geonameid = place.geonameid.map(|id| id.to_string()).unwrap_or_default();
    let (count, mentions) = (count.to_string(), place.mentions.to_string());
    let values = [
        ("path", path),
        ("count", &count),
        ("mentions", &mentions),
        ("geonameid", &geonameid),
        ("articles", &ids.join("; ")),
    ];
    let values: String =
        values.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| data(name, value)).collect();
    writeln!(out, "<ExtendedData>{values}</ExtendedData>")?;
    writeln!(out, "<Point><coordinates>{},{}</coordinates></Point>\n</Placemark>", at.lon, at.lat)
}

/// An article on a line: its date, its title, where it was published.
fn line(article: &Named) -> String {
    let Named { id, title, published, url } = article;
    let title = if title.is_empty() { id } else { title };
    let parts = [published.as_deref().unwrap_or_default(), title, url.as_deref().unwrap_or_default()];
    parts.iter().filter(|part| !part.is_empty()).map(|part| one_line(part)).collect::<Vec<_>>().join(" ")
}

fn data(name: &str, value: &str) -> String {
    format!("<Data name=\"{name}\"><value>{}</value></Data>", xml(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{
        hitlist::{Row, Rows},
        places::tests::hits,
        sample,
    };

    #[test]
    fn a_place_is_a_placemark_with_its_articles() {
        let hits = hits();
        let rows: Vec<Row<'_>> = hits.iter().map(Row::Article).collect();
        let written = sample::written(begin, Rows::Articles, &rows);
        let texts = sample::texts(&written);
        assert!(texts.contains(&"-1.5,54".to_owned()), "{texts:?}");
        assert!(texts.contains(&"2 articles\nTitle of a\nTitle of b".to_owned()), "{texts:?}");
        assert!(texts[1].starts_with("1 place without coordinates left off the map. Isle <of> Fog (1)"), "{texts:?}");
        assert_eq!(written.matches("<Placemark>").count(), 1);
    }
}
