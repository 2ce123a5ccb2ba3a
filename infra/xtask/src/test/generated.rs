use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process::run;
use crate::tools;

/// Requests generated from the API's description, against the native deployment.
pub(super) fn test(root: &Path) -> Result<(), Failure> {
    let folder = root.join("tests/generated");
    let schemathesis = tools::python_tool(&folder.join("requirements.txt"), "schemathesis")?;
    let description = root.join(".postern/generated/openapi.json");
    let mut describe = Command::new("cargo");
    describe.current_dir(root).args(["run", "--quiet", "--package", "postern-openapi", "--"]);
    run(describe.arg(&description))?;
    let mut serve = Command::new("cargo");
    serve.current_dir(root).args(["run", "--quiet", "--package", "postern-suite"]);
    serve.args(["--bin", "serve", "--"]).arg("sh").arg(folder.join("run.sh"));
    run(serve.arg(schemathesis).arg(description))
}
