//! The places of a hit list as GeoJSON (RFC 7946), for QGIS and maps on the web: one point for each place.
//!
//! All is written at the end, since a place is known only when every row has passed.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{
    hitlist::{Head, HitList},
    places::{self, Named, Place, Places, Point},
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
    out.write_all(b"{\n\"type\": \"FeatureCollection\",\n\"features\": [")?;
    let mut separator = "\n";
    for (path, at, place) in places.placed() {
        let feature = feature((path, at, place), &places.articles(place));
        write!(out, "{}{feature}", std::mem::replace(&mut separator, ",\n"))?;
    }
    let without: Vec<Value> =
        places.without().map(|(path, articles)| json!({"place": path, "articles": articles})).collect();
    write!(out, "\n],\n\"without_coordinates\": {},\n\"morgue_export\": ", Value::from(without))?;
    serde_json::to_writer(&mut *out, provenance)?;
    out.write_all(b"\n}\n")
}

fn feature((path, at, place): (&str, Point, &Place), articles: &[&Named]) -> Value {
    let named: Vec<Value> = articles
        .iter()
        .map(
            |Named { id, title, published, url }| json!({"id": id, "title": title, "published": published, "url": url}),
        )
        .collect();
    json!({
        "type": "Feature",
        "id": path,
        "geometry": {"type": "Point", "coordinates": [at.lon, at.lat]},
        "properties": {
            "name": path.rsplit('/').next(),
            "path": path,
            "geonameid": place.geonameid,
            "count": articles.len(),
            "mentions": place.mentions,
            "articles": named,
        },
    })
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
    fn a_place_is_a_point_with_its_articles() {
        let hits = hits();
        let rows: Vec<Row<'_>> = hits.iter().map(Row::Article).collect();
        let written: Value = serde_json::from_str(&sample::written(begin, Rows::Articles, &rows)).unwrap();
        let feature = &written["features"][0];
        assert_eq!(feature["geometry"], json!({"type": "Point", "coordinates": [-1.5, 54.0]}));
        let properties = &feature["properties"];
        assert_eq!((&properties["name"], &properties["count"]), (&json!("Tarn"), &json!(2)));
        assert_eq!(properties["articles"][1]["title"], "Title of b");
        assert_eq!(written["without_coordinates"], json!([{"place": "Isle <of> Fog", "articles": 1}]));
        let empty: Value = serde_json::from_str(&sample::written(begin, Rows::Articles, &[])).unwrap();
        assert_eq!(empty["features"], json!([]));
    }
}
