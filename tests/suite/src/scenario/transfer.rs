use std::fmt::Write as _;

use crate::Deployment;

/// A tenth of what a file may have; `tests/transfer` weighs a whole one.
const ROWS: usize = 1_000;

pub(super) fn every_route(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let _ = admin.get("/api/users/export").expect(200);
    let mut file = "username,email,firstName,lastName,groups\n".to_owned();
    for row in 0..ROWS {
        let _ = writeln!(file, "import{row},import{row}@example.com,Irma,Import{row},");
    }
    let client = admin.clone().with_header("content-type", "text/csv");
    for query in ["dryRun=true", "", "onConflict=update"] {
        let file = if query.starts_with('o') { file.replace("Irma", "Ina") } else { file.clone() };
        let path = format!("/api/users/import?{query}");
        let _ = client.send("POST", &path, Some(file.as_bytes())).expect(200);
    }
}
