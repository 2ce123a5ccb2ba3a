//! The application that a manifest describes, compiled and ready to answer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Cache, CacheConfig, Config, Engine};
use wasmtime_wasi_http::handler::ProxyHandler;
use wasmtime_wasi_http::p3::bindings::ServicePre;

use crate::arguments::Serve;
use crate::bindings::Imports;
use crate::failure::{Failure, failure};
use crate::instance::{Components, Factory, Neighbours};
use crate::key_value::Stores;
use crate::manifest::{self, Manifest};
use crate::outbound::{AllowedHosts, Outbound};
use crate::routes::Routes;
use crate::settings::Settings;
use crate::state::{Grants, State};

/// What answers requests.
pub(crate) struct Application {
    pub(crate) routes: Routes,
    pub(crate) components: Neighbours,
}

/// What all components are made with.
struct Workshop {
    engine: Engine,
    linker: Linker<State>,
    settings: Settings,
    stores: Arc<Stores>,
    neighbours: Neighbours,
    database: PathBuf,
}

impl Application {
    pub(crate) fn load(serve: &Serve) -> Result<Self, Failure> {
        let manifest = Manifest::read(&serve.manifest)?;
        let settings = Settings::of(&manifest, &serve.variables)?;
        let routes = Routes::of(&manifest.trigger.http)?;
        let stores = Stores::beside(&serve.database)
            .map_err(|error| failure!("the key-value stores: {error}"))?;
        let engine = engine(&serve.cache).map_err(|error| failure!("{error:#}"))?;
        let linker = linker(&engine).map_err(|error| failure!("{error:#}"))?;
        let workshop = Workshop {
            engine,
            linker,
            settings,
            stores: Arc::new(stores),
            neighbours: Arc::new(OnceLock::new()),
            database: serve.database.clone(),
        };
        let components = workshop.make_all(&manifest)?;
        let _ = workshop.neighbours.set(components);
        Ok(Self { routes, components: workshop.neighbours })
    }
}

impl Workshop {
    fn make_all(&self, manifest: &Manifest) -> Result<Components, Failure> {
        let mut components = Components::new();
        for (name, described) in &manifest.component {
            let factory = self
                .make(name, described)
                .map_err(|error| failure!("component `{name}`: {error}"))?;
            components.insert(name.clone(), ProxyHandler::new(factory));
        }
        Ok(components)
    }

    fn make(&self, name: &str, described: &manifest::Component) -> Result<Factory, Failure> {
        let grants = self.grants(described)?;
        let hosts = described.allowed_outbound_hosts.iter().map(|host| self.settings.fill(host));
        let allowed = AllowedHosts::of(&hosts.collect::<Result<Vec<_>, _>>()?)?;
        let outbound =
            Outbound { allowed: Arc::new(allowed), neighbours: Arc::clone(&self.neighbours) };
        Ok(Factory {
            name: name.to_owned(),
            engine: self.engine.clone(),
            component: self.compile(&described.source).map_err(|error| failure!("{error:#}"))?,
            grants: Arc::new(grants),
            stores: Arc::clone(&self.stores),
            outbound,
        })
    }

    fn grants(&self, described: &manifest::Component) -> Result<Grants, Failure> {
        let files = described.files.iter();
        Ok(Grants {
            variables: self.settings.fill_all(&described.variables)?,
            sqlite_databases: described.sqlite_databases.clone(),
            key_value_stores: described.key_value_stores.clone(),
            files: files.map(|files| (files.source.clone(), files.destination.clone())).collect(),
            database: self.database.clone(),
        })
    }

    fn compile(&self, source: &Path) -> wasmtime::Result<ServicePre<State>> {
        let component = Component::from_file(&self.engine, source)?;
        ServicePre::new(self.linker.instantiate_pre(&component)?)
    }
}

/// Compiled components are kept in `cache` by their content.
fn engine(cache: &Path) -> wasmtime::Result<Engine> {
    let mut kept = CacheConfig::new();
    kept.with_directory(cache);
    let mut config = Config::new();
    config.wasm_component_model_async(true);
    config.cache(Some(Cache::new(kept)?));
    Engine::new(&config)
}

fn linker(engine: &Engine) -> wasmtime::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    Imports::add_to_linker::<_, HasSelf<State>>(&mut linker, |state| state)?;
    Ok(linker)
}
