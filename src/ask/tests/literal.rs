//! Pasted texts: `--any` takes words as they stand.

use super::resolved::{Names, request, shown};
use crate::ask::plan;

#[test]
fn any_takes_words_literally() {
    let mut asked = request(&["Did person:moran", "see the US -dam OR the \"dam\"?"]);
    asked.any = true;
    let found = plan(&asked, &Names).unwrap();
    assert_eq!(shown(&found.root), "any(did person moran see the US dam OR)");
    assert_eq!(found.read_as, "Did person moran see the US dam OR");
    asked.exact = true;
    assert_eq!(plan(&asked, &Names).unwrap().read_as, "=Did =person =moran =see =the =US =dam =OR");
    asked.args = vec!["?!".to_owned()];
    assert!(plan(&asked, &Names).is_err());
}
