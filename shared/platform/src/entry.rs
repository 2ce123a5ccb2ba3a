/// Turns a function's router into the deployable module of its target triple.
///
/// Takes the path of a `fn(platform::Platform) -> axum::Router` and stands once, in a function
/// crate's `lib.rs`. On `wasm32-unknown-unknown` it is the Workers `fetch` entry, on `wasm32-wasip2`
/// Spin's `wasi:http` handler; on the host it is nothing, so that the same crate links into tests.
///
/// `streams:` before the path is for a function some of whose answers are made as they go,
/// `mailing:` for one that causes mail and so wakes the dispatcher. `outward:` takes a `fn(platform::Platform, platform::Outward) -> axum::Router`, for a function that speaks to
/// other servers; `scheduled:` names the URL path that Workers' clock then asks for by POST.
///
/// These are `worker`'s `#[event(fetch)]` and `spin_sdk`'s `#[http_service]` written out over this
/// crate's re-exports, so that no function crate depends on either.
#[macro_export]
macro_rules! function {
    ($router:path) => {
        $crate::worker_entry!(|request, env, _context| $crate::cloudflare::serve(
            request, env, $router
        ));
        $crate::spin_entry!(|request| $crate::spin::serve(request, $router));
    };
    (mailing: $router:path) => {
        $crate::worker_entry!(|request, env, context| $crate::cloudflare::serve_mailing(
            request, env, context, $router
        ));
        $crate::spin_entry!(|request| $crate::spin::serve_mailing(request, $router));
    };
    (outward: $router:path,scheduled: $path:path $(,)?) => {
        $crate::worker_entry!(|request, env, context| $crate::cloudflare::serve_outward(
            request, env, context, $router
        ));
        $crate::worker_schedule!($router, $path);
        $crate::spin_entry!(|request| $crate::spin::serve_outward(request, $router));
    };
    (streams: $router:path) => {
        $crate::worker_entry!(|request, env, _context| $crate::cloudflare::serve_streams(
            request, env, $router
        ));
        $crate::spin_entry!(|request| $crate::spin::serve(request, $router));
    };
}

/// The front door's entry: pages for people, and the way to the functions where the runtime does not
/// lead there itself. Only `functions/web` uses it.
///
/// - `workers`: the path of a `fn(&str) -> &'static str` from a URL path to the name of the binding
///   that answers it. Requests are handed on unread; the runtime serves the pages.
/// - `spin`: the path of a `fn(Arc<dyn Files>) -> Router` that serves the pages. The manifest leads
///   to the functions.
#[macro_export]
macro_rules! front_door {
    (workers: $binding:path,spin: $pages:path $(,)?) => {
        $crate::worker_entry!(|request, env, _context| $crate::cloudflare::forward(
            request, env, $binding
        ));
        $crate::spin_entry!(|request| $crate::spin::serve_files(request, $pages));
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! worker_entry {
    (|$request:ident, $env:ident, $context:ident| $answer:expr) => {
        #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
        const _: () = {
            use $crate::cloudflare::wasm_bindgen;

            #[wasm_bindgen::prelude::wasm_bindgen(
                                wasm_bindgen = $crate::cloudflare::wasm_bindgen,
                                wasm_bindgen_futures = $crate::cloudflare::wasm_bindgen_futures,
                                js_sys = $crate::cloudflare::js_sys
                            )]
            pub async fn fetch(
                $request: $crate::cloudflare::Request,
                $env: $crate::cloudflare::Env,
                $context: $crate::cloudflare::Context,
            ) -> ::std::result::Result<
                $crate::cloudflare::wasm_bindgen::JsValue,
                $crate::cloudflare::wasm_bindgen::JsValue,
            > {
                $answer.await
            }
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! worker_schedule {
    ($router:path, $path:path) => {
        #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
        const _: () = {
            use $crate::cloudflare::wasm_bindgen;

            #[wasm_bindgen::prelude::wasm_bindgen(
                                wasm_bindgen = $crate::cloudflare::wasm_bindgen,
                                wasm_bindgen_futures = $crate::cloudflare::wasm_bindgen_futures,
                                js_sys = $crate::cloudflare::js_sys
                            )]
            pub async fn scheduled(
                _event: $crate::cloudflare::wasm_bindgen::JsValue,
                env: $crate::cloudflare::Env,
                _context: $crate::cloudflare::wasm_bindgen::JsValue,
            ) -> ::std::result::Result<
                $crate::cloudflare::wasm_bindgen::JsValue,
                $crate::cloudflare::wasm_bindgen::JsValue,
            > {
                $crate::cloudflare::run_scheduled(env, $router, $path).await
            }
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! spin_entry {
    (|$request:ident| $answer:expr) => {
        #[cfg(all(target_os = "wasi", target_env = "p2"))]
        const _: () = {
            use $crate::spin::wasip3::{exports::http::handler::Guest, http::types};

            struct Component;

            $crate::spin::wasip3::http::service::export!(
                Component with_types_in $crate::spin::wasip3
            );

            impl Guest for Component {
                async fn handle(
                    $request: types::Request,
                ) -> ::std::result::Result<types::Response, types::ErrorCode> {
                    $answer.await
                }
            }
        };
    };
}
