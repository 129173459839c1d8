//! Pasted texts: `--any` takes words as they stand.

use super::resolved::{Names, request, shown};
use crate::ask::plan;

#[test]
fn any_takes_words_literally() {
    let mut asked = request(&["Did person:moran", "see the US -dam OR the \"dam\"?"]);
    asked.any = true;
    let found = plan(&asked, &Names).unwrap();
    let pairs =
        ["person Within(4) moran", "moran Within(4) see", "see Within(4) US", "US Within(4) dam", "dam Within(4) OR"];
    let pairs = pairs.map(|pair| format!("[{pair}]^0.2")).join(" ");
    assert_eq!(shown(&found.root), format!("any(did^0 person moran see the^0 US dam^2 OR | {pairs})"));
    assert_eq!(found.read_as, "Did person moran see the US dam OR");
    asked.exact = true;
    assert_eq!(plan(&asked, &Names).unwrap().read_as, "=Did =person =moran =see =the =US =dam =OR");
    asked.args = vec!["To be or not to be".to_owned()];
    assert_eq!(shown(&plan(&asked, &Names).unwrap().root), "any(=to^2 =be^2 =or =not | )");
    asked.args = vec!["?!".to_owned()];
    assert!(plan(&asked, &Names).is_err());
}
