use crate::Log;

/// `console.log`; Workers Logs indexes a line that is JSON.
pub(super) struct Console;

impl Log for Console {
    fn line(&self, line: &str) {
        worker::console_log!("{line}");
    }
}
