//! Documents that ask for everything, made from the schema itself, so that no field is forgotten.
//!
//! ```ignore
//! let graph = WholeGraph::new();
//! for root in graph.roots() {
//!     let document = graph.document(root, &arguments);   // everything below one field of the root
//! }
//! ```
//!
//! A document goes [`NODES_MAX`] objects with ids deep and meets no type twice on one way down: what
//! lies behind has a shorter way from another root, or from its own id. Of an object that hangs on one
//! of its own kind, the id alone is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition,
};

/// Objects with ids on the longest way down.
const NODES_MAX: usize = 3;

/// Literals by the name of the argument that they are for.
pub(crate) type Arguments = BTreeMap<&'static str, String>;

/// A field of an object.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// What it is called.
    pub(crate) name: String,
    /// The type that it shows, whether one or many.
    pub(crate) of: String,
    required: Vec<String>,
}

/// The way from the root down to a selection.
struct Way {
    objects: Vec<String>,
    /// How many more objects with ids may follow.
    nodes_left: usize,
}

impl Way {
    const fn of(nodes: usize) -> Self {
        Self {
            objects: Vec::new(),
            nodes_left: nodes,
        }
    }
}

/// The objects of the schema.
pub(crate) struct WholeGraph {
    objects: BTreeMap<String, Vec<Field>>,
    /// The members of interfaces and unions.
    members: BTreeMap<String, BTreeSet<String>>,
    nodes: BTreeSet<String>,
}

impl WholeGraph {
    /// The graph as it is built.
    pub(crate) fn new() -> Self {
        let schema = parse_schema(graphql::sdl()).expect("a schema");
        let mut graph = Self {
            objects: BTreeMap::new(),
            members: BTreeMap::new(),
            nodes: BTreeSet::new(),
        };
        for definition in schema.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Object(object) => {
                    for interface in object.implements {
                        let interface = interface.node.to_string();
                        graph.nodes.insert(name.clone());
                        let members = graph.members.entry(interface).or_default();
                        members.insert(name.clone());
                    }
                    let fields = object.fields.iter().map(|field| Field::read(&field.node));
                    graph.objects.insert(name, fields.collect());
                }
                TypeKind::Union(union) => {
                    let members = union.members.iter().map(|member| member.node.to_string());
                    graph.members.insert(name, members.collect());
                }
                _ => {}
            }
        }
        graph
    }

    /// The fields of an object, in the schema's order; none of a scalar or an interface.
    pub(crate) fn fields(&self, object: &str) -> &[Field] {
        self.objects.get(object).map_or(&[], Vec::as_slice)
    }

    /// The fields of the root of queries.
    pub(crate) fn roots(&self) -> &[Field] {
        self.fields("Query")
    }

    /// The objects that queries can meet, `Query` among them.
    pub(crate) fn met(&self) -> BTreeSet<String> {
        let mut met = BTreeSet::new();
        let mut next = vec!["Query".to_owned()];
        while let Some(name) = next.pop() {
            next.extend(self.members.get(&name).into_iter().flatten().cloned());
            if self.objects.contains_key(&name) && met.insert(name.clone()) {
                next.extend(self.fields(&name).iter().map(|field| field.of.clone()));
            }
        }
        met
    }

    /// The node of this kind by each of these ids, as `n0`, `n1` and so on, with what
    /// it is and what hangs on it directly.
    pub(crate) fn nodes(
        &self,
        kind: &str,
        ids: &BTreeSet<String>,
        arguments: &Arguments,
    ) -> String {
        let below = self.selection(kind, arguments, &mut Way::of(2));
        let below = below.unwrap_or_default();
        let node = |(place, id)| {
            format!("n{place}: node(id: \"{id}\") {{ __typename ... on {kind} {{ {below} }} }}")
        };
        let nodes: Vec<_> = ids.iter().enumerate().map(node).collect();
        format!("{{ {} }}", nodes.join(" "))
    }

    /// Everything below `root`. Panics where an argument is required for which there is no literal.
    pub(crate) fn document(&self, root: &Field, arguments: &Arguments) -> String {
        let below = self.field(root, arguments, &mut Way::of(NODES_MAX));
        format!("{{ {} }}", below.unwrap_or_default())
    }

    /// The field with everything below it; none where there is nothing to ask below it.
    fn field(&self, field: &Field, arguments: &Arguments, way: &mut Way) -> Option<String> {
        let call = field.call(arguments);
        if self.nodes.contains(&field.of) && way.objects.last() == Some(&field.of) {
            return Some(format!("{call} {{ id }}"));
        }
        if self.members.contains_key(&field.of) || self.objects.contains_key(&field.of) {
            let below = self.selection(&field.of, arguments, way)?;
            return Some(format!("{call} {{ {below} }}"));
        }
        Some(call)
    }

    fn selection(&self, of: &str, arguments: &Arguments, way: &mut Way) -> Option<String> {
        if let Some(members) = self.members.get(of) {
            // One of many: each is asked for what it is by itself.
            let nodes_left = core::mem::replace(&mut way.nodes_left, 1);
            let mut asked = "__typename".to_owned();
            for member in members {
                if let Some(below) = self.selection(member, arguments, way) {
                    write!(asked, " ... on {member} {{ {below} }}").expect("a text");
                }
            }
            way.nodes_left = nodes_left;
            return Some(asked);
        }
        let is_node = self.nodes.contains(of);
        if (is_node && way.nodes_left == 0) || way.objects.iter().any(|object| object == of) {
            return None;
        }
        way.nodes_left -= usize::from(is_node);
        way.objects.push(of.to_owned());
        // An edge has its node a second time.
        let fields = self.fields(of).iter();
        let fields = fields.filter(|field| !(of.ends_with("Edge") && field.name == "node"));
        let asked: Vec<_> = fields
            .filter_map(|field| self.field(field, arguments, way))
            .collect();
        way.objects.pop();
        way.nodes_left += usize::from(is_node);
        (!asked.is_empty()).then(|| asked.join(" "))
    }

    /// The object that stands at `value`, which shows `of`.
    pub(crate) fn object_at<'a>(
        &self,
        of: &'a str,
        value: &'a serde_json::Map<String, serde_json::Value>,
    ) -> &'a str {
        if self.members.contains_key(of) {
            return value["__typename"].as_str().expect("a type");
        }
        of
    }
}

impl Field {
    fn read(field: &FieldDefinition) -> Self {
        let arguments = field.arguments.iter().map(|argument| &argument.node);
        let required = arguments
            .filter(|argument| !argument.ty.node.nullable && argument.default_value.is_none())
            .map(|argument| argument.name.node.to_string());
        Self {
            name: field.name.node.to_string(),
            of: named(&field.ty.node),
            required: required.collect(),
        }
    }

    fn call(&self, arguments: &Arguments) -> String {
        if self.required.is_empty() {
            return self.name.clone();
        }
        let given = self.required.iter().map(|argument| {
            let literal = arguments.get(argument.as_str());
            let literal = literal.unwrap_or_else(|| panic!("say what {argument} is asked with"));
            format!("{argument}: {literal}")
        });
        format!("{}({})", self.name, given.collect::<Vec<_>>().join(", "))
    }
}

fn named(of: &Type) -> String {
    match &of.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(of) => named(of),
    }
}
