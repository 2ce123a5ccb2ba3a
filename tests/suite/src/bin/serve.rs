//! Serves the native deployment, set up, for as long as a command runs: `serve COMMAND ARGUMENT…`.
//!
//! The command finds in its environment where (`POSTERN_URL`), to be let in as the administrator a
//! session's token (`POSTERN_SESSION`) and an API key (`POSTERN_API_KEY`), and the identifiers of all
//! three, without which it would be shut out (`POSTERN_KEEP`).
//! Without a command they are printed and it serves until it is ended.

#![expect(clippy::expect_used, reason = "a tool of the tests that cannot go on must fail loudly")]

use std::process::Command;

use postern_suite::Deployment;
use serde_json::json;

fn main() {
    let deployment = Deployment::native("off");
    let admin = &deployment.admin.client;
    let key = json!({ "name": "generated requests", "expiresAt": "2100-01-01T00:00:00Z" });
    let key = admin.post("/api/api-keys", &key).expect(201);
    let sessions = admin.get("/api/users/me/sessions").expect(200).json;
    let own = [&key.json["apiKey"]["id"], &sessions["data"][0]["id"]];
    let keep = own.map(|id| id.as_str().expect("an id")).join(" ") + " " + deployment.admin.id();
    // A user's address may be left out, as the description says.
    let lenient = json!({ "requireUserEmail": "false" });
    let _ = admin.put("/api/application-configuration", &lenient).expect(200);
    let session = admin.cookie("access_token").expect("a session");
    let environment = [
        ("POSTERN_URL", deployment.base_url.clone()),
        ("POSTERN_SESSION", session),
        ("POSTERN_API_KEY", key.text_of("token")),
        ("POSTERN_KEEP", keep),
    ];
    let mut words = std::env::args_os().skip(1);
    let Some(program) = words.next() else {
        for (name, value) in &environment {
            println!("{name}={value}");
        }
        loop {
            std::thread::park();
        }
    };
    let status = Command::new(program).args(words).envs(environment).status();
    let code = status.expect("the command runs").code();
    std::process::exit(code.unwrap_or(1));
}
