use super::*;

fn read(schema: Json) -> Shape {
    Shape::read(&schema.to_string()).expect("a schema")
}

fn given(yaml: &str) -> Yaml {
    serde_yaml::from_str(yaml).expect(yaml)
}

#[test]
fn the_asked_for_type_decides_what_a_text_means() {
    for (schema, text, expected) in [
        (json!({"type": "integer"}), "'１，２００円'", json!(1200)),
        (
            json!({"type": "integer", "format": "uint32", "minimum": 0}),
            "7",
            json!(7),
        ),
        (json!({"type": "number"}), "'1.5'", json!(1.5)),
        (json!({"type": "boolean"}), "'はい'", json!(true)),
        (
            json!({"type": "string", "format": "date"}),
            "令和8年11月23日",
            json!("2026-11-23"),
        ),
        (
            json!({"type": "string", "format": "date"}),
            "{$date: 2026-11-23}",
            json!("2026-11-23"),
        ),
        (json!({"type": "string"}), "'012'", json!("012")),
        (json!({"type": "string"}), "12", json!("12")),
        (json!({"type": ["string", "null"]}), "", json!(null)),
        (
            json!({"anyOf": [{"type": "integer"}, {"type": "null"}]}),
            "'3'",
            json!(3),
        ),
        (
            json!({"oneOf": [{"const": "a"}, {"type": "string", "enum": ["b"]}]}),
            "b",
            json!("b"),
        ),
        (
            json!({"type": "array", "items": {"type": "integer"}}),
            "['1', 2]",
            json!([1, 2]),
        ),
        (
            json!({}),
            "{a: [1, {$date: 2026-11-23}], b: }",
            json!({"a": [1, "2026-11-23"], "b": null}),
        ),
    ] {
        assert_eq!(
            read(schema.clone()).value(&given(text)),
            Ok(expected),
            "{schema} {text}"
        );
    }
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let shape = read(json!({
        "type": "object",
        "required": ["件名"],
        "properties": {
            "件名": {"type": "string"},
            "区分": {"type": "string", "enum": ["甲", "乙"]},
            "明細": {"type": "array", "items": {"type": "object", "properties": {"金額": {"type": "integer", "minimum": 1}}}},
        },
    }));
    for (yaml, path, problem) in [
        ("{}", "", "missing field `件名`"),
        (
            "{件名: a, 件銘: b}",
            "",
            "unknown field `件銘`, expected one of `件名`, `区分`, `明細`",
        ),
        (
            "{件名: a, 区分: 丙}",
            "区分",
            "unknown variant `丙`, expected one of `甲`, `乙`",
        ),
        (
            "{件名: a, 明細: [{金額: '1'}, {金額: 百万両}]}",
            "明細.1.金額",
            "invalid type: expected a whole number",
        ),
        (
            "{件名: a, 明細: [{金額: 0}]}",
            "明細.0.金額",
            "invalid type: expected a whole number",
        ),
        ("{件名: a, 明細: b}", "明細", "invalid type: expected a sequence"),
        ("{件名: [a]}", "件名", "invalid type: expected text"),
    ] {
        let misfit = shape.value(&given(yaml)).expect_err(yaml);
        assert_eq!(
            (misfit.path.as_str(), misfit.problem.as_str()),
            (path, problem),
            "{yaml}"
        );
    }
    assert!(
        shape.value(&given("{件名: a, 区分: }")).is_ok(),
        "what is left empty is not given"
    );
    let read = shape.value(&given("{件名: a, 明細: [{金額: '1', 備考: b}]}"));
    assert_eq!(
        read,
        Ok(json!({"件名": "a", "明細": [{"金額": 1}]})),
        "a table may have more columns"
    );
}

#[test]
fn a_schema_that_promises_more_than_is_looked_after_is_refused() {
    for schema in [
        json!({"type": "string", "pattern": "^a"}),
        json!({"$ref": "#/definitions/a"}),
        json!({"type": "object", "patternProperties": {}}),
        json!({"type": ["string", "integer"]}),
        json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        json!({"type": "tuple"}),
        json!({"enum": [1, 2]}),
        json!({"type": "object", "required": ["a"]}),
        json!("string"),
        json!(false),
    ] {
        assert!(Shape::read(&schema.to_string()).is_err(), "{schema}");
    }
    let deep = (0..100).fold(json!({}), |schema, _| json!({"type": "array", "items": schema}));
    assert!(Shape::read(&deep.to_string()).is_err());
    assert!(Shape::read("{").is_err());
}

#[test]
fn a_result_is_kept_to_what_was_promised() {
    let shape = read(json!({
        "type": "object",
        "required": ["日", "額"],
        "properties": {"日": {"type": "string", "format": "date"}, "額": {"type": "integer"}},
    }));
    let good = json!({"日": "2026-11-23", "額": 5});
    let value = shape.to_value(shape.kept(good).expect("as promised"));
    let Value::Map(map) = value else { panic!("{value:?}") };
    assert!(matches!(map.get("日"), Some(Value::Date(_))));
    for bad in [
        json!({"日": "2026-11-31", "額": 5}),
        json!({"日": "2026-11-23", "額": 5.5}),
        json!({"日": "2026-11-23"}),
        json!({"日": "2026-11-23", "額": 5, "x": 1}),
        json!([]),
        json!(null),
    ] {
        assert!(shape.kept(bad.clone()).is_err(), "{bad}");
    }
    let deep = (0..100).fold(json!(1), |value, _| json!([value]));
    assert!(Shape::Any.kept(deep).is_err());
}
