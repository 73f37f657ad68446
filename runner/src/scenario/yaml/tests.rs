use super::*;

fn tree(text: &str) -> (Tree, Vec<Diagnostic>, Source) {
    let source = Source::new("a.yaml", text);
    let mut found = Vec::new();
    let tree = parse(&source, &BTreeSet::new(), &mut found, &|_| 0);
    (tree, found, source)
}

/// The text at every scalar's place, with its path.
fn places(node: &Node, source: &Source, path: &str, into: &mut Vec<String>) {
    match &node.kind {
        NodeKind::Null | NodeKind::Scalar { .. } => into.push(format!("{path}={}", source.slice(node.span))),
        NodeKind::List(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                places(node, source, &format!("{path}/{index}"), into);
            }
        }
        NodeKind::Map(entries) => {
            for (key, node) in entries {
                assert!(source.slice(key.span).contains(&key.value), "{key:?}");
                places(node, source, &format!("{path}/{}", key.value), into);
            }
        }
    }
}

#[test]
fn every_node_knows_its_place() {
    let text = "名: 住民 票   # メモ\n- x: 1\n";
    let (_, found, _) = tree(text);
    assert!(!found.is_empty());
    let text = "名: 住民 票   # メモ\nb:\n  - \"引用 \"\n  - {x: 'é', y: [1, 二]}\nc:\nd: |\n  一\n  二\ne: 終\n";
    let (tree, found, source) = tree(text);
    assert_eq!(found, Vec::new());
    let mut into = Vec::new();
    let root = tree.root.expect("a tree");
    places(&root, &source, "", &mut into);
    assert_eq!(
        into,
        [
            "/名=住民 票",
            "/b/0=\"引用 \"",
            "/b/1/x='é'",
            "/b/1/y/0=1",
            "/b/1/y/1=二",
            "/c=c",
            "/d=一\n  二",
            "/e=終",
        ]
    );
    let list = root.get("b").expect("b");
    assert_eq!(source.slice(list.span), "- \"引用 \"\n  - {x: 'é', y: [1, 二]}");
    assert_eq!(source.slice(list.deepest(["1"]).span), "{x: 'é', y: [1, 二]}");
}

#[test]
fn depth_is_bounded() {
    let (tree, found, _) = tree(&format!("{}{}", "[".repeat(5_000), "]".repeat(5_000)));
    assert!(tree.root.is_none() && !tree.whole);
    assert!(found[0].message.is(codes::YAML_DEPTH), "{found:?}");
    let deep: String = (0..40).map(|depth| format!("{}a:\n", "  ".repeat(depth))).collect();
    assert!(self::tree(&deep).1[0].message.is(codes::YAML_DEPTH));
}

#[test]
fn a_broken_block_does_not_hide_the_others() {
    let (tree, found, _) = tree("a: 1\nb:\n  c: { x: @y }\n  d: 2\ne: 3\n");
    let root = tree.root.expect("a tree");
    assert_eq!(found.len(), 1);
    assert!(!tree.whole);
    for (path, value) in [("a", "1"), ("e", "3")] {
        assert_eq!(root.get(path).and_then(Node::text), Some(value), "{path}");
    }
    assert_eq!(root.deepest(["b", "d"]).text(), Some("2"));
}
