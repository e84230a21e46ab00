//! Reading form bodies and queries: `metadata[order_id]=1&expand[]=latest_charge` becomes a tree.

use serde_json::{Map, Value};

/// The parameters of a request.
#[derive(Clone, Debug, Default)]
pub struct Form(Value);

impl Form {
    /// Reads a body or a query.
    pub fn read(text: &str) -> Self {
        let mut tree = Value::Object(Map::new());
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name);
            let path: Vec<&str> = name.split(['[', ']']).filter(|part| !part.is_empty()).collect();
            put(&mut tree, &path, decode(value));
        }
        Self(tree)
    }

    /// The text at a path.
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        self.at(path)?.as_str().filter(|text| !text.is_empty())
    }

    /// The integer at a path; `Some(Err)`: there is something else.
    pub fn integer(&self, path: &[&str]) -> Option<Result<i64, ()>> {
        self.text(path).map(|text| text.parse().map_err(drop))
    }

    /// Whether a path says `true`.
    pub fn is_true(&self, path: &[&str]) -> bool {
        self.text(path) == Some("true")
    }

    /// The texts below a path by name, such as metadata.
    pub fn texts(&self, path: &[&str]) -> Vec<(String, String)> {
        let object = self.at(path).and_then(Value::as_object);
        let pair = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
        object.into_iter().flatten().filter_map(pair).collect()
    }

    /// Whether `expand` names this field, of the object itself or of a list's items.
    pub fn expands(&self, field: &str) -> bool {
        let of_items = format!("data.{field}");
        self.texts(&["expand"]).iter().any(|(_, name)| name == field || *name == of_items)
    }

    fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(&self.0, |value, name| value.get(name))
    }
}

fn put(tree: &mut Value, path: &[&str], value: String) {
    let Some((first, rest)) = path.split_first() else { return };
    if !tree.is_object() {
        *tree = Value::Object(Map::new());
    }
    let Some(object) = tree.as_object_mut() else { return };
    // `expand[]` may be written twice: the second must not replace the first.
    let mut name = (*first).to_owned();
    if rest.is_empty() && object.contains_key(&name) {
        name = format!("{name}.{}", object.len());
    }
    if rest.is_empty() && name == "expand" {
        return put(tree, &["expand", "0"], value);
    }
    let entry = object.entry(name).or_insert(Value::Null);
    if rest.is_empty() { *entry = Value::String(value) } else { put(entry, rest, value) }
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while place < bytes.len() {
        let escaped = (bytes[place] == b'%').then(|| text.get(place + 1..place + 3)).flatten();
        match (bytes[place], escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (_, Some(byte)) => {
                decoded.push(byte);
                place += 3;
            }
            (b'+', None) => {
                decoded.push(b' ');
                place += 1;
            }
            (byte, None) => {
                decoded.push(byte);
                place += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_names_become_a_tree() {
        let form = Form::read("amount=500&metadata[a]=x%20y+z&metadata%5Bb%5D=2&expand[]=latest_charge&created[gte]=7");
        assert_eq!(form.integer(&["amount"]), Some(Ok(500)));
        assert_eq!(form.text(&["metadata", "a"]), Some("x y z"));
        assert_eq!(form.texts(&["metadata"]).len(), 2);
        assert_eq!(form.integer(&["created", "gte"]), Some(Ok(7)));
        assert!(form.expands("latest_charge"));
        assert!(Form::read("expand[0]=a&expand[1]=data.b").expands("b"));
        assert!(!form.expands("customer"));
    }
}
