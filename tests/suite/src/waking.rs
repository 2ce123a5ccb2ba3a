use std::sync::OnceLock;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use platform::Wake;
use tower::ServiceExt as _;

/// Starts the dispatcher of mail beside the request that asks, as both runtimes do.
#[derive(Default)]
pub(crate) struct Waking(OnceLock<Router>);

impl Waking {
    /// From now on it asks this function, which itself may wake.
    pub(crate) fn ask(&self, email: Router) {
        // Told once, by the only one who makes it.
        let _ = self.0.set(email);
    }
}

#[async_trait]
impl Wake for Waking {
    async fn wake(&self) {
        let Some(email) = self.0.get().cloned() else { return };
        let request = http::Request::post("/internal/wake").body(Body::empty());
        tokio::spawn(email.oneshot(request.expect("a request")));
    }
}
