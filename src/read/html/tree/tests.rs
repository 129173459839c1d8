//! Trees from good and hostile pages.

use super::*;

/// Elements and texts, one a line, indented by depth.
fn shown(tree: &Tree) -> String {
    let line = |id: NodeId| {
        let indent = " ".repeat(tree.around(id).count());
        match &tree.node(id).unwrap().kind {
            Kind::Text(text) => format!("{indent}“{}”", text.trim()),
            _ => format!("{indent}{}", tree.tag(id)),
        }
    };
    (1..tree.len()).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_left_open_is_closed() {
    let tree = page("<title>T</title>\n<p>one<p class=x>two<table><tr><td>three").unwrap();
    let expected = "html\n head\n  title\n   “T”\n  “”\n body\n  p\n   “one”\n  p\n   “two”\n   table\n    tbody\n     tr\n      td\n       “three”";
    assert_eq!(shown(&tree), expected);
    let second = tree.elements().filter(|(_, tag)| *tag == "p").nth(1).unwrap().0;
    assert_eq!(
        (tree.attribute(second, "class"), tree.line(second), tree.text(second).as_str()),
        (Some("x"), 2, "twothree")
    );
}

#[test]
fn a_fragment_has_no_head() {
    assert_eq!(shown(&fragment("a <b>b</b>").unwrap()), "html\n “a”\n b\n  “b”");
}

#[test]
fn depth_is_bounded_and_no_text_lost() {
    let deep = format!("{}deep{}", "<div>".repeat(200_000), "</div>".repeat(200_000));
    let tree = page(&deep).unwrap();
    let text = (0..tree.len()).find(|id| matches!(tree.node(*id).unwrap().kind, Kind::Text(_))).unwrap();
    assert!(tree.around(text).count() < 500);
    assert_eq!(tree.text(0), "deep");
}

#[test]
fn elements_that_breed_are_refused() {
    let breeding: String = (0..2_000).map(|n| format!("<p><b id={n}></p>")).collect();
    assert_eq!(page(&breeding).err(), Some(TooLarge));
}
