use http_api::Reply;

/// Tells that the deployment answers.
#[utoipa::path(get, path = "/healthz", operation_id = "readHealth", responses((status = 204)))]
pub(crate) async fn check() -> Reply {
    Reply::no_content()
}
