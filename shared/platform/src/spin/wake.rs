use async_trait::async_trait;
use spin_sdk::http::post;
use spin_sdk::wasip3::spawn;

use crate::Wake;

/// The component `email`, asked in process. The instance lives on until that has been answered,
/// beside the request that asks.
pub(super) struct EmailComponent;

const URL: &str = "http://email.spin.internal/internal/dispatch";

#[async_trait]
impl Wake for EmailComponent {
    async fn wake(&self) {
        spawn(async {
            // What comes of it is the dispatcher's to log; the schedule starts it again anyway.
            let _ = post(URL, "").await;
        });
    }
}
