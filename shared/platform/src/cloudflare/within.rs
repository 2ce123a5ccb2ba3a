use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use worker::Delay;

/// What comes of `future`; `None` if nothing does in time.
pub(super) async fn within<F: Future>(milliseconds: u32, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut delay = pin!(Delay::from(Duration::from_millis(milliseconds.into())));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => delay.as_mut().poll(context).map(|()| None),
    })
    .await
}
