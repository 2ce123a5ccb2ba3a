//! Runs `spin.toml` where the Spin CLI is not installed.
//!
//! **In scope**: what this project's manifest uses, with Spin's behaviour where it bites (README).
//!
//! **Not in scope**: everything else of Spin, speed, and any use but development and tests.

mod application;
mod arguments;
mod bindings;
mod failure;
mod instance;
mod key_value;
mod manifest;
mod outbound;
mod routes;
mod server;
mod settings;
mod sqlite;
mod state;
mod variables;

use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;

use crate::application::Application;
use crate::arguments::Serve;
use crate::failure::Failure;

fn main() -> ExitCode {
    let arguments = Serve::parse(std::env::args().skip(1));
    match arguments.and_then(|arguments| serve(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn serve(arguments: &Serve) -> Result<(), Failure> {
    let application = Arc::new(Application::load(arguments)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(arguments.listen).await?;
        let ended = ended()?;
        println!("Serving http://{}", listener.local_addr()?);
        tokio::spawn(server::serve(listener, application));
        ended.notified().await;
        Ok::<_, Failure>(())
    })?;
    // Ending the runtime would drop idle instances in the middle of waiting, which their handler
    // takes for a panic. What they hold goes with the process.
    std::mem::forget(runtime);
    Ok(())
}

/// Notifies when the process is told to end, or whoever started it is gone and so closed its input.
fn ended() -> std::io::Result<Arc<Notify>> {
    let ended = Arc::new(Notify::new());
    for kind in [SignalKind::terminate(), SignalKind::interrupt()] {
        let (mut received, ended) = (signal(kind)?, Arc::clone(&ended));
        tokio::spawn(async move {
            received.recv().await;
            ended.notify_one();
        });
    }
    let input_closed = Arc::clone(&ended);
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        input_closed.notify_one();
    });
    Ok(ended)
}
