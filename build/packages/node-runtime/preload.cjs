// Loaded before every TypeScript service of a machine. The kernel gives the first process of a PID namespace no
// default signal actions, so a Node program without a handler would ignore SIGTERM, and every stop would take its
// whole time-out.
//
// CommonJS, and without node:process: as a module it would add a third to the time Node takes to start.
const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

if (process.pid === 1) {
  for (const [name, number] of Object.entries(numbers)) {
    process.on(name, () => {
      // A handler of the program's own decides instead.
      if (process.listenerCount(name) === 1) process.exit(128 + number);
    });
  }
}

// Debuggers come in by a socket in this folder, a small tmpfs that only the machine's supervisor sees from outside.
// Where none is mounted, as in images for production, nobody gets in: Node's own answer to SIGUSR1, a port, is replaced.
const { existsSync, statfsSync } = require('node:fs');
const folder = `${__dirname}/inspect`;
// include/uapi/linux/magic.h: TMPFS_MAGIC
const mounted = existsSync(folder) && statfsSync(folder).type === 0x01021994;
let inspecting;

function inspect(gate) {
  const { Worker } = require('node:worker_threads');
  const workerData = { socket: `${folder}/socket`, gate };
  inspecting = new Worker(`${__dirname}/inspect.cjs`, { workerData, execArgv: [], env: {} });
  // A program that is done ends, debugger or not.
  inspecting.unref();
  inspecting.once('exit', () => {
    inspecting = undefined;
  });
  inspecting.on('error', () => {});
}

process.on('SIGUSR1', () => {
  if (mounted && !inspecting) inspect(Int32Array.of(1));
});

if (mounted && existsSync(`${folder}/break`)) {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  // Workers of the program are told to load this file too.
  if (require('node:worker_threads').isMainThread) {
    inspect(gate);
    // Short waits: between them the debugger's first messages are answered.
    while (Atomics.load(gate, 0) === 0) Atomics.wait(gate, 0, 0, 20);
  }
}
