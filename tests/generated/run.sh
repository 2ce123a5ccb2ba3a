# run.sh SCHEMATHESIS DESCRIPTION: what `cargo xtask test generated` runs inside `serve`, which says
# where the deployment is.
set -eu
cd "$(dirname "$0")"
exec "$1" --config-file schemathesis.toml run "$2" --url "$POSTERN_URL" --no-color
