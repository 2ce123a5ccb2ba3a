/// Where the front door hands a request, on runtimes where functions are separate deployments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destination {
    /// Name of the binding that answers.
    pub binding: &'static str,
    /// Another path to ask it for.
    pub path: Option<&'static str>,
}
