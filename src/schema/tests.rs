//! Schemas of single values.

use super::*;

#[test]
fn a_schema_is_the_same_whatever_was_asked_before() {
    assert_eq!(of_all(), of_all());
    assert_eq!(of_kind("claim"), None);
    for kind in kinds() {
        let schema = of_kind(kind).unwrap();
        assert!(schema.ends_with("}\n"), "{kind}");
        assert!(!schema.contains("\"type\": []"), "{kind}");
    }
}
