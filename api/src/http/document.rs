//! Reads a document up to the point where it may run: tokens counted, parsed, measured, its operation
//! chosen, its variables there. Whether it fits the schema is async-graphql's to say.

use super::{
    document_limits::{self, DocumentLimits, Excess},
    document_tokens,
    parameters::Parameters,
};
use async_graphql::{
    ErrorExtensionValues, Name, ServerError,
    parser::{
        self,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};

/// Brackets open at once, at most. The parser recurses on each; its own limit is 64 for selections but
/// it has none for values.
const BRACKETS_OPEN_MAX: u64 = 64;

/// A document that may run.
#[derive(Debug)]
pub(super) struct Document {
    /// As it was parsed.
    pub(super) parsed: ExecutableDocument,
    /// What its chosen operation is; `None` when no operation can be chosen, which fails later.
    pub(super) operation_type: Option<OperationType>,
}

/// Reads the document of a request.
///
/// # Errors
/// One error with a code, for an answer without data.
pub(super) fn read(
    parameters: &Parameters,
    limits: &DocumentLimits,
) -> Result<Document, ServerError> {
    let count = document_tokens::count(&parameters.query);
    at_most("DOCUMENT_TOO_LONG", "tokens", limits.tokens, count.tokens)?;
    at_most(
        "DOCUMENT_TOO_DEEP",
        "open brackets",
        BRACKETS_OPEN_MAX,
        count.brackets_open_max,
    )?;

    let parsed = parser::parse_query(&parameters.query)
        .map_err(|error| coded(ServerError::from(error), "DOCUMENT_UNREADABLE"))?;
    document_limits::check(&parsed, parameters.variables.as_ref(), limits).map_err(refusal)?;

    let operation = chosen(&parsed, parameters.operation_name.as_deref());
    if let Some(operation) = operation {
        require_variables(operation, parameters)?;
    }
    let operation_type = operation.map(|operation| operation.ty);
    Ok(Document {
        parsed,
        operation_type,
    })
}

/// Gives an error its code.
pub(super) fn coded(mut error: ServerError, code: &str) -> ServerError {
    error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default)
        .set("code", code);
    error
}

fn at_most(
    code: &'static str,
    counted: &'static str,
    limit: u64,
    found: usize,
) -> Result<(), ServerError> {
    let found = found.try_into().unwrap_or(u64::MAX);
    if found > limit {
        return Err(refusal(Excess::Limit {
            code,
            counted,
            limit,
            found,
        }));
    }
    Ok(())
}

fn refusal(excess: Excess) -> ServerError {
    match excess {
        Excess::FragmentCycle => {
            let error = ServerError::new("A fragment of the document contains itself.", None);
            coded(error, "FRAGMENT_CYCLE")
        }
        Excess::Limit {
            code,
            counted,
            limit,
            found,
        } => {
            let message = format!("The document has {found} {counted}; the limit is {limit}.");
            let mut error = coded(ServerError::new(message, None), code);
            if let Some(extensions) = &mut error.extensions {
                extensions.set("limit", limit);
                extensions.set("found", found);
            }
            error
        }
    }
}

/// The operation that will run (specification, 6.1 `GetOperation`).
fn chosen<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => operation,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name)?,
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next()?
        }
        _ => return None,
    };
    Some(&operation.node)
}

/// Refuses when a variable that may not be null has no value (specification, 6.1.2
/// `CoerceVariableValues`). async-graphql would notice only where the variable is used.
fn require_variables(
    operation: &OperationDefinition,
    parameters: &Parameters,
) -> Result<(), ServerError> {
    let is_missing = |name: &Name, has_default: bool| {
        let value = parameters
            .variables
            .as_ref()
            .and_then(|values| values.get(name.as_str()));
        value.map_or(!has_default, serde_json::Value::is_null)
    };
    let missing = operation.variable_definitions.iter().find(|definition| {
        let definition = &definition.node;
        !definition.var_type.node.nullable
            && is_missing(&definition.name.node, definition.default_value.is_some())
    });
    let Some(definition) = missing else {
        return Ok(());
    };
    let message = format!(
        "The variable ${} must have a value.",
        definition.node.name.node
    );
    Err(coded(
        ServerError::new(message, Some(definition.pos)),
        "VARIABLE_MISSING",
    ))
}
