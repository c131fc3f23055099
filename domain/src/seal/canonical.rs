//! The canonical form of a JSON value: the same content has the same bytes, on every machine.
//!
//! Members are sorted by name, whatever order a library keeps; numbers are decimal strings, so that
//! no reader passes them through a float; texts are in Unicode normal form C. Nothing else is
//! between the tokens. Seals, the audit chain and the hashes of idempotent inputs all stand on it.

use std::collections::BTreeMap;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Writes `value` in canonical form.
#[must_use]
pub fn to_string(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => write_text(&number.to_string(), out),
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            let sorted: BTreeMap<_, _> = members.iter().collect();
            for (index, (name, member)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write(member, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    let normal: String = text.nfc().collect();
    // `Value`'s display form escapes exactly what JSON demands and nothing else.
    out.push_str(&Value::String(normal).to_string());
}
