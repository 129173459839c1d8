//! Words as they are printed: capitals, and pasted texts, which `--any` takes as they stand.

use super::resolved::{Names, planned, request, shown};
use crate::ask::plan;

#[test]
fn any_takes_words_literally() {
    let mut asked = request(&["Did person:moran", "see the US -dam OR the \"dam\"?"]);
    asked.any = true;
    let found = plan(&asked, &Names).unwrap();
    let pairs =
        ["person Within(4) moran", "moran Within(4) see", "see Within(4) US", "US Within(4) dam", "dam Within(4) OR"];
    let pairs = pairs.map(|pair| format!("[{pair}]^0.2")).join(" ");
    assert_eq!(shown(&found.root), format!("any(person moran see US dam^2 OR | did the | {pairs})"));
    assert_eq!(found.notes, ["function words are sought, but neither weigh nor are marked: Did the"]);
    assert_eq!(found.read_as, "Did person moran see the US dam OR");
    asked.exact = true;
    assert_eq!(plan(&asked, &Names).unwrap().read_as, "=Did =person =moran =see =the =US =dam =OR");
    asked.args = vec!["To be or not to be".to_owned()];
    assert_eq!(
        shown(&plan(&asked, &Names).unwrap().root),
        "any(=to^2 =be^2 =or =not |  | [=to Within(4) =be]^0.2 [=be Within(4) =or]^0.2 [=or Within(4) =not]^0.2 [=not Within(4) =to]^0.2)"
    );
    asked.args = vec!["Why did the US, the old US, flood us?".to_owned()];
    let root = shown(&plan(&asked, &Names).unwrap().root);
    assert!(root.starts_with("any(=US^2 =old =flood | =why =did =the =us | "), "{root}");
    asked.args = vec!["?!".to_owned()];
    assert!(plan(&asked, &Names).is_err());
}

#[test]
fn capitals_are_read_by_their_company() {
    let check = |typed: &str, expected: &str| assert_eq!(shown(&planned(typed).root), expected, "{typed}");
    check("PEACE IN UKRAINE", "and(peace in ukraine)");
    check("\"THE U.S. ARMY\" US", "and(\"the US army\" US)");
    check("US OR UK", "or(US <UK|uk>)");
    check("US NATO", "and(US <NATO|nato>)");
    check("US", "US");
    check("NATO in UK", "and(<NATO|nato> in <UK|uk>)");
    let note = "all is in capitals, so no word but US is read as an abbreviation; with dots it is one: U.N.";
    assert_eq!(planned("PEACE IN UKRAINE").notes, [note]);
}
