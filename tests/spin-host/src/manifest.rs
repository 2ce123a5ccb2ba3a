//! `spin.toml`, manifest version 2, as far as the host obeys it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::failure::{Failure, failure};

#[derive(Deserialize)]
pub(crate) struct Manifest {
    spin_manifest_version: u32,
    #[serde(default)]
    pub(crate) variables: BTreeMap<String, Variable>,
    pub(crate) trigger: Triggers,
    pub(crate) component: BTreeMap<String, Component>,
}

#[derive(Deserialize)]
pub(crate) struct Variable {
    #[serde(default)]
    pub(crate) required: bool,
    pub(crate) default: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Triggers {
    pub(crate) http: Vec<Trigger>,
}

#[derive(Deserialize)]
pub(crate) struct Trigger {
    pub(crate) route: Route,
    pub(crate) component: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Route {
    Public(String),
    /// `{ private = true }`: reachable for other components alone.
    Private {
        private: bool,
    },
}

#[derive(Deserialize)]
pub(crate) struct Component {
    pub(crate) source: PathBuf,
    #[serde(default)]
    pub(crate) variables: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) sqlite_databases: Vec<String>,
    #[serde(default)]
    pub(crate) key_value_stores: Vec<String>,
    #[serde(default)]
    pub(crate) allowed_outbound_hosts: Vec<String>,
    #[serde(default)]
    pub(crate) files: Vec<Files>,
}

#[derive(Deserialize)]
pub(crate) struct Files {
    pub(crate) source: PathBuf,
    pub(crate) destination: String,
}

impl Manifest {
    /// Reads a manifest; its relative paths become relative to where it stands.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let named = |error: &dyn std::fmt::Display| failure!("{}: {error}", path.display());
        let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
        let mut manifest: Self = toml::from_str(&text).map_err(|error| named(&error))?;
        if manifest.spin_manifest_version != 2 {
            return Err(named(&"spin_manifest_version must be 2"));
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        for component in manifest.component.values_mut() {
            component.source = folder.join(&component.source);
            for files in &mut component.files {
                files.source = folder.join(&files.source);
            }
        }
        manifest.check_triggers()?;
        Ok(manifest)
    }

    fn check_triggers(&self) -> Result<(), Failure> {
        for Trigger { route, component } in &self.trigger.http {
            if !self.component.contains_key(component) {
                return Err(failure!("a route leads to `{component}`, which is no component"));
            }
            if matches!(route, Route::Private { private: false }) {
                return Err(failure!("the route of `{component}` must be a path or private"));
            }
        }
        Ok(())
    }
}
