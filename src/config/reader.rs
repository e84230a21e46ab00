//! Reading single settings: the environment's `CARTWRIGHT_<NAME>` wins over the file's `<name>`.

use std::{collections::BTreeMap, fmt, str::FromStr, time::Duration};

/// Every mistake of the configuration, each with the setting's name and what to write instead.
#[derive(Debug)]
pub struct ConfigError(Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration has {} mistake(s):", self.0.len())?;
        self.0.iter().try_for_each(|mistake| write!(f, "\n  - {mistake}"))
    }
}

impl std::error::Error for ConfigError {}

/// Reads settings one by one and remembers what was wrong.
#[derive(Debug, Default)]
pub struct Reader {
    environment: BTreeMap<String, String>,
    file: BTreeMap<String, String>,
    mistakes: Vec<String>,
}

impl Reader {
    /// A reader of these environment variables and this TOML text (flat: `name = value`).
    #[must_use]
    pub fn new(environment: impl IntoIterator<Item = (String, String)>, file: Option<&str>) -> Self {
        let mut reader = Self { environment: environment.into_iter().collect(), ..Self::default() };
        match file.map(str::parse::<toml::Table>) {
            None => {}
            Some(Err(error)) => reader.mistakes.push(format!("the configuration file is no TOML: {}", error.message())),
            Some(Ok(table)) => {
                for (name, value) in table {
                    match value {
                        toml::Value::String(text) => drop(reader.file.insert(name, text)),
                        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Boolean(_) => {
                            reader.file.insert(name, value.to_string());
                        }
                        toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => {
                            reader.mistakes.push(format!("{name} in the file must be a text, a number, true or false"));
                        }
                    }
                }
            }
        }
        reader
    }

    /// A text; empty counts as absent.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let variable = format!("CARTWRIGHT_{}", name.to_uppercase());
        let value = self.environment.get(&variable).cloned();
        let given = self.file.remove(name);
        value.or(given).filter(|text| !text.trim().is_empty())
    }

    /// A text that is also known by a variable of its own, as its kind of server is used to; ours wins.
    pub fn text_or(&mut self, name: &str, variable: &str) -> Option<String> {
        let common = self.environment.get(variable).cloned().filter(|text| !text.trim().is_empty());
        let given = self.environment.contains_key(&format!("CARTWRIGHT_{}", name.to_uppercase()));
        let own = self.text(name);
        if given { own.or(common) } else { common.or(own) }
    }

    /// Something that is parsed from a text.
    pub fn parsed<T: FromStr>(&mut self, name: &str, default: T, expected: &str) -> T {
        let Some(text) = self.text(name) else { return default };
        text.trim().parse().unwrap_or_else(|_| {
            self.mistakes.push(format!("CARTWRIGHT_{} must be {expected}, not {text:?}", name.to_uppercase()));
            default
        })
    }

    /// A number of seconds, fractions allowed, within limits.
    pub fn seconds(&mut self, name: &str, default: f64, least: f64, most: f64) -> Duration {
        let value = self.parsed(name, default, "a number of seconds");
        if !(least..=most).contains(&value) {
            self.mistakes
                .push(format!("CARTWRIGHT_{} must be from {least} to {most}, not {value}", name.to_uppercase()));
            return Duration::from_secs_f64(default);
        }
        Duration::from_secs_f64(value)
    }

    /// A number of days, fractions allowed, from a second to a hundred years.
    pub fn days(&mut self, name: &str, default: f64) -> Duration {
        let value = self.parsed(name, default, "a number of days");
        if !(1.0 / 86_400.0..=36_500.0).contains(&value) {
            self.mistakes
                .push(format!("CARTWRIGHT_{} must be from 0.00002 to 36500, not {value}", name.to_uppercase()));
            return Duration::from_secs_f64(default * 86_400.0);
        }
        Duration::from_secs_f64(value * 86_400.0)
    }

    /// Remembers a mistake that a concern found itself.
    pub fn mistake(&mut self, text: impl Into<String>) {
        self.mistakes.push(text.into());
    }

    /// Ends the reading. Names in the file that nobody asked for are mistakes too: a misspelt setting must not pass.
    ///
    /// # Errors
    /// Every mistake.
    pub fn finish(mut self) -> Result<(), ConfigError> {
        let unknown = self.file.keys().map(|name| format!("{name} in the configuration file is no setting"));
        self.mistakes.extend(unknown.collect::<Vec<_>>());
        if self.mistakes.is_empty() { Ok(()) } else { Err(ConfigError(self.mistakes)) }
    }
}
