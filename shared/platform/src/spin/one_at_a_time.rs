use spin_sdk::wit_bindgen::{backpressure_dec, backpressure_inc};

/// While this lives, the runtime hands the instance no further request and takes another instance.
///
/// A panic ends the whole instance. Spin would otherwise put up to 16 requests into one, and all of
/// them would fail with the one that panics.
pub(super) struct OneAtATime(());

impl OneAtATime {
    pub(super) fn begin() -> Self {
        backpressure_inc();
        Self(())
    }
}

impl Drop for OneAtATime {
    fn drop(&mut self) {
        backpressure_dec();
    }
}
