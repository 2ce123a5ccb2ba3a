use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::directory::{Access, Connection};

/// How long an answer stands: anybody may ask, and each question would be a bind.
const STANDS: Duration = Duration::from_secs(10);

/// Whether the directory takes the proxy's name and password.
#[derive(Default)]
pub(super) struct Health(Mutex<Option<(Instant, bool)>>);

impl Health {
    pub(super) async fn of(&self, access: &Access) -> bool {
        let mut last = self.0.lock().await;
        if let Some((at, good)) = *last
            && at.elapsed() < STANDS
        {
            return good;
        }
        let good = match Connection::open(access).await {
            Ok(connection) => {
                connection.close().await;
                true
            }
            Err(failure) => {
                tracing::warn!(error = failure.error, stage = ?failure.stage, "unhealthy");
                false
            }
        };
        *last = Some((Instant::now(), good));
        good
    }
}
