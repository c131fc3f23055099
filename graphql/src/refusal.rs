//! Refusals as the graph shows them.

use async_graphql::SimpleObject;
use domain::wording::{self, Language};
use domain::{Coded as _, InputRule, Refusal as Rule, RefusalCode};
use validator::{ValidationErrors, ValidationErrorsKind};

use crate::coded::Coded;

/// An expected answer "no": nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct Refusal {
    /// Why, for programs; the set is closed.
    pub code: Coded<RefusalCode>,
    /// Why, for people, in the viewer's language. It may be reworded at any time.
    pub message: String,
    /// The fields of the input that are not valid; empty unless the code is `INVALID_INPUT`.
    pub fields: Vec<RefusedField>,
    /// The facts that explain the refusal, for programs: codes as codes.
    pub details: Vec<RefusalDetail>,
}

/// A field of the input that is not valid.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct RefusedField {
    /// Where in the input, such as `roster[2].person`.
    pub path: String,
    /// The rule that it breaks.
    pub code: Coded<InputRule>,
    /// The same for people, in the viewer's language.
    pub message: String,
}

/// A named fact.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct RefusalDetail {
    /// What it is, such as `until`.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

/// Why a command was not run or not accepted: one rule, or fields that are not valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A rule of the programme says no.
    Rule(Rule),
    /// These fields are not valid: path and rule.
    Fields(Vec<(String, InputRule)>),
}

impl Refused {
    /// One field of the input is not valid.
    #[must_use]
    pub fn field(path: impl Into<String>, rule: InputRule) -> Self {
        Self::Fields(vec![(path.into(), rule)])
    }

    /// The same, met within the field `name` of an input, or at an index such as `[2]`.
    #[must_use]
    pub(crate) fn within(self, name: &str) -> Self {
        let longer = |(path, rule): (String, InputRule)| {
            let joint = if path.is_empty() || path.starts_with('[') {
                ""
            } else {
                "."
            };
            (format!("{}{joint}{path}", camel(name)), rule)
        };
        match self {
            Self::Fields(fields) => Self::Fields(fields.into_iter().map(longer).collect()),
            Self::Rule(rule) => Self::Rule(rule),
        }
    }

    /// The refusal in words of `language`.
    #[must_use]
    pub fn shown(self, language: Language) -> Refusal {
        match self {
            Self::Rule(rule) => Refusal {
                code: Coded(rule.code()),
                message: wording::refusal(&rule, language),
                fields: Vec::new(),
                details: details(&rule),
            },
            Self::Fields(fields) => invalid(fields, language),
        }
    }
}

impl From<Rule> for Refused {
    fn from(rule: Rule) -> Self {
        match rule {
            // The same field is named in the same way, whoever looked at it.
            Rule::InvalidInput { field, rule } => Self::field(camel(&field), rule),
            rule => Self::Rule(rule),
        }
    }
}

impl From<ValidationErrors> for Refused {
    fn from(errors: ValidationErrors) -> Self {
        let mut fields = Vec::new();
        collect("", &errors, &mut fields);
        // The validator keeps its errors in no order.
        fields.sort_unstable();
        Self::Fields(fields)
    }
}

fn details(rule: &Rule) -> Vec<RefusalDetail> {
    let detail = |(name, value): (&str, String)| RefusalDetail {
        name: camel(name),
        value,
    };
    rule.parameters().into_iter().map(detail).collect()
}

fn invalid(fields: Vec<(String, InputRule)>, language: Language) -> Refusal {
    let rule = |(field, rule): &(String, InputRule)| Rule::InvalidInput {
        field: field.clone(),
        rule: *rule,
    };
    let first = rule(fields.first().unwrap_or(&(String::new(), InputRule::Form)));
    let shown = |field: (String, InputRule)| RefusedField {
        message: wording::refusal(&rule(&field), language),
        path: field.0,
        code: Coded(field.1),
    };
    Refusal {
        code: Coded(RefusalCode::InvalidInput),
        message: wording::refusal(&first, language),
        details: details(&first),
        fields: fields.into_iter().map(shown).collect(),
    }
}

fn collect(prefix: &str, errors: &ValidationErrors, fields: &mut Vec<(String, InputRule)>) {
    for (name, kind) in errors.errors() {
        let path = if prefix.is_empty() {
            camel(name)
        } else {
            format!("{prefix}.{}", camel(name))
        };
        match kind {
            ValidationErrorsKind::Field(rules) => {
                let broken = |rule: &validator::ValidationError| {
                    let code = rule.code.to_ascii_uppercase();
                    InputRule::from_code(&code).unwrap_or(InputRule::Form)
                };
                fields.extend(rules.iter().map(|rule| (path.clone(), broken(rule))));
            }
            ValidationErrorsKind::Struct(nested) => collect(&path, nested, fields),
            ValidationErrorsKind::List(list) => {
                for (index, nested) in list {
                    collect(&format!("{path}[{index}]"), nested, fields);
                }
            }
        }
    }
}

/// `due_on` as the schema has it: `dueOn`.
pub(crate) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut text, word| {
        let mut letters = word.chars();
        text.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        text.extend(letters);
        text
    })
}

#[cfg(test)]
mod tests {
    use validator::Validate;

    use super::*;

    #[derive(Validate)]
    struct Seat {
        #[validate(length(min = 1))]
        why_so: String,
    }

    #[derive(Validate)]
    struct Input {
        #[validate(nested)]
        seats: Vec<Seat>,
        #[validate(range(min = 1))]
        round: i32,
    }

    #[test]
    fn every_invalid_field_is_named_by_its_path_in_the_schema() {
        let input = Input {
            seats: vec![
                Seat {
                    why_so: "yes".to_owned(),
                },
                Seat {
                    why_so: String::new(),
                },
            ],
            round: 0,
        };
        let errors = input.validate().expect_err("two fields are wrong");
        let refusal = Refused::from(errors).shown(Language::En);
        assert_eq!(refusal.code, Coded(RefusalCode::InvalidInput));
        let places: Vec<_> = refusal
            .fields
            .iter()
            .map(|field| (field.path.as_str(), field.code.0))
            .collect();
        assert_eq!(
            places,
            [
                ("round", InputRule::Range),
                ("seats[1].whySo", InputRule::Length)
            ]
        );
    }

    #[test]
    fn a_rule_keeps_its_facts_as_codes_and_speaks_the_readers_language() {
        let rule = Rule::Stale { current_version: 7 };
        let [ja, en] = Language::ALL.map(|language| Refused::from(rule.clone()).shown(language));
        assert_eq!(ja.details, en.details);
        assert_eq!(ja.details[0].name, "currentVersion");
        assert_eq!(ja.details[0].value, "7");
        assert_ne!(ja.message, en.message);
    }
}
