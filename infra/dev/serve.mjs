// Runs the Workers of wrangler.toml in one workerd, with one local D1 that outlives the process.
//
//   node serve.mjs '{"root", "port", "state", "functions", "vars": {function: {NAME: value}}}'
//
// Prints "listening" when it answers. Ends when its standard input closes, so that it cannot
// outlive `cargo xtask dev`, however that ended. wrangler's own dev server is not used because its
// proxy costs more than a Worker does.

import path from "node:path";
import { Miniflare, convertV4MiniflareOptions, Log, LogLevel } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";

const { root, port, state, functions, vars } = JSON.parse(process.argv[2]);

/** The Worker of one `[env.NAME]`, with the local values of its variables and secrets. */
function worker(name) {
  const { workerOptions, main } = workerOptionsOf(path.join(root, "wrangler.toml"), name);
  const folder = path.dirname(main);
  const sendsEmail = vars[name]?.MAIL_TRANSPORT === "send_email";
  return {
    ...workerOptions,
    ...(sendsEmail && { email: { send_email: [{ name: "SEND_EMAIL" }] } }),
    name: name === "web" ? "postern" : `postern-${name}`,
    bindings: { ...workerOptions.bindings, ...vars[name] },
    modules: [
      { type: "ESModule", path: main },
      { type: "CompiledWasm", path: path.join(folder, "index_bg.wasm") },
    ],
    modulesRoot: folder,
  };
}

/** A Worker's own log line goes out as it is; workerd's complaints are marked. */
function writeLog({ level, message }) {
  process.stdout.write(level === "error" ? `error: ${message}\n` : `${message}\n`);
}

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    host: "localhost",
    port,
    cf: false,
    log: new Log(LogLevel.WARN),
    handleStructuredLogs: writeLog,
    unsafeTriggerHandlers: true,
    resourcePersistencePath: path.join(state, "v3"),
    telemetry: { enabled: false },
    workers: functions.map(worker),
  }),
);

/** What the cron triggers of wrangler.toml do: workerd by itself has no clock. */
async function strike() {
  for (const name of ["postern-email", "postern-ldap-sync"]) {
    const worker = await miniflare.getWorker(name);
    await worker.scheduled({ cron: "* * * * *" });
  }
}

async function stop() {
  await miniflare.dispose();
  process.exit(0);
}

// The terminal's Ctrl-C reaches the whole group; xtask then closes our input.
process.on("SIGINT", () => {});
process.on("SIGTERM", stop);
process.stdin.on("end", stop).resume();

await miniflare.ready;
setInterval(() => strike().catch((error) => writeLog({ level: "error", message: error })), 60_000);
process.stdout.write("listening\n");
