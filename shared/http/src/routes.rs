use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, on};
use http::Method;
use platform::Platform;

use crate::{Deployment, Fault, Problem, SettingError, observe, origin};

/// Largest request body.
const MAX_BODY_BYTES: usize = 1_000_000;

/// The state behind every handler.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    platform: Platform,
    deployment: Deployment,
}

impl App {
    pub(crate) fn platform(&self) -> &Platform {
        &self.0.platform
    }

    pub(crate) fn deployment(&self) -> &Deployment {
        &self.0.deployment
    }
}

/// What a route may cost at most. The suite fails on more. A caller who presents an ended session
/// beside an API key costs one trip more than declared: the batch runs for each of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Round trips to the database.
    pub trips: u64,
    /// Rows read beyond what the route returns.
    pub rows: u64,
}

impl Cost {
    /// So many trips and rows.
    pub const fn new(trips: u64, rows: u64) -> Self {
        Self { trips, rows }
    }
}

/// A route as declared.
#[derive(Debug, Clone)]
pub struct Declared {
    /// Its method.
    pub method: Method,
    /// Its path in axum's notation.
    pub path: &'static str,
    /// What it may cost.
    pub cost: Cost,
}

/// The routes of a function, each with its declared cost.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    declared: Vec<Declared>,
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a GET route; it answers HEAD too.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, cost: Cost, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, MethodFilter::GET, path, cost, handler)
    }

    /// Adds a POST route.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, cost: Cost, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, MethodFilter::POST, path, cost, handler)
    }

    /// Adds a PUT route.
    #[must_use]
    pub fn put<H, T>(self, path: &'static str, cost: Cost, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::PUT, MethodFilter::PUT, path, cost, handler)
    }

    /// Adds a PATCH route.
    #[must_use]
    pub fn patch<H, T>(self, path: &'static str, cost: Cost, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::PATCH, MethodFilter::PATCH, path, cost, handler)
    }

    /// Adds a DELETE route.
    #[must_use]
    pub fn delete<H, T>(self, path: &'static str, cost: Cost, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::DELETE, MethodFilter::DELETE, path, cost, handler)
    }

    /// Adds a POST route that no front door leads to: for the functions beside this one and the
    /// runtime's clock. It is not declared, because no client can call it.
    #[must_use]
    pub fn from_inside<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.router = self.router.route(path, on(MethodFilter::POST, handler));
        self
    }

    fn add<H, T>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        cost: Cost,
        handler: H,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.router = self.router.route(path, on(filter, handler));
        self.declared.push(Declared { method, path, cost });
        self
    }

    /// Every route of this function.
    pub fn declared(&self) -> &[Declared] {
        &self.declared
    }

    /// The finished router on a platform. Settings that do not make a deployment make a router
    /// that answers 500 to everything and logs the setting's name.
    pub fn on(self, platform: Platform) -> Router {
        match Deployment::read(platform.settings.as_ref()) {
            Ok(deployment) => self.with(App(Arc::new(Inner { platform, deployment }))),
            Err(error) => misconfigured(platform, error),
        }
    }

    fn with(self, app: App) -> Router {
        let platform = app.platform().clone();
        self.router
            .fallback(|| async { Problem::ApiEndpointNotFound })
            .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed })
            .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
            .layer(from_fn_with_state(app.clone(), origin::refuse_foreign))
            .layer(from_fn_with_state(platform, observe::observe))
            .with_state(app)
    }
}

fn misconfigured(platform: Platform, error: SettingError) -> Router {
    let answer = move || async move { Problem::Internal(Fault::Setting(error)) };
    Router::new().fallback(answer).layer(from_fn_with_state(platform, observe::observe))
}
