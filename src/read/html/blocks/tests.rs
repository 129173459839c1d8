//! Blocks of pages.

use super::*;
use crate::read::html::tree;

fn check(html: &str, expected: &[(BlockKind, &str)]) {
    let blocks = of(&tree::page(html).unwrap());
    let found: Vec<_> = blocks.iter().map(|block| (block.kind, block.text.as_str())).collect();
    assert_eq!(found, expected, "{html}");
}

#[test]
fn breaks_part_blocks_and_inline_elements_do_not() {
    use BlockKind::{Caption, Heading, Item, Paragraph, Table};
    check("<p>It  <b>ro</b>se\n again.<p>It fell.", &[(Paragraph, "It rose again."), (Paragraph, "It fell.")]);
    check("one<br>two<br><br>three", &[(Paragraph, "one\ntwo"), (Paragraph, "three")]);
    check("<div>a<div>b</div>c</div>", &[(Paragraph, "a"), (Paragraph, "b"), (Paragraph, "c")]);
    check("<h2>Head</h2><ul><li>one<li><p>two</ul>", &[(Heading, "Head"), (Item, "one"), (Item, "two")]);
    check("<figure>x<figcaption>Photo: N</figcaption></figure>", &[(Paragraph, "x"), (Caption, "Photo: N")]);
    check("<pre>a\n  b</pre>", &[(Paragraph, "a\nb")]);
    check("so\u{AD}ft<script>x</script><noscript>y</noscript><svg><title>z</title></svg>", &[(Paragraph, "soft")]);
    let layout = "<table><tr><td>menu<td><p>text</table>";
    check(layout, &[(Paragraph, "menu"), (Paragraph, "text")]);
    check("<table><tr><th>Year<th>Metres<tr><td>1931<td>3.1</table>", &[(Table, "Year | Metres\n1931 | 3.1")]);
}

#[test]
fn what_stands_in_links_is_counted() {
    let blocks = of(&tree::page("<p>see <a href=x>the <b>map</b></a> here").unwrap());
    assert_eq!((blocks[0].letters, blocks[0].linked), (16, 6));
}
