/// Turns a function's router into the deployable module of its target triple.
///
/// Takes the path of a `fn(platform::Platform) -> axum::Router` and stands once, in a function
/// crate's `lib.rs`. On `wasm32-unknown-unknown` it is the Workers `fetch` entry; on the host it is
/// nothing, so that the same crate links into tests.
///
/// This is `worker`'s `#[event(fetch)]` written out over [`cloudflare`](crate)'s re-exports, so
/// that no function crate depends on `worker`.
#[macro_export]
macro_rules! function {
    ($router:path) => {
        $crate::entry!(|request, env| $crate::cloudflare::serve(request, env, $router));
    };
}

/// The front door's entry: hands every request, unread, to another function.
///
/// Takes the path of a `fn(&str) -> &'static str` from a URL path to the name of the binding that
/// answers it. Only `functions/web` uses it, and only where functions are separate deployments.
#[macro_export]
macro_rules! front_door {
    ($binding:path) => {
        $crate::entry!(|request, env| $crate::cloudflare::forward(request, env, $binding));
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! entry {
    (|$request:ident, $env:ident| $answer:expr) => {
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
                _context: $crate::cloudflare::Context,
            ) -> ::std::result::Result<
                $crate::cloudflare::wasm_bindgen::JsValue,
                $crate::cloudflare::wasm_bindgen::JsValue,
            > {
                $answer.await
            }
        };
    };
}
