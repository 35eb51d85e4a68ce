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
// Where none is mounted nobody gets in: Node's own answer to SIGUSR1, a port, is replaced. In images for production there
// is no answer at all (build/spec/production.ts).
const { existsSync, statfsSync } = require('node:fs');
const folder = `${__dirname}/inspect`;
// include/uapi/linux/magic.h: TMPFS_MAGIC
const closed = process.execArgv.includes('--disable-sigusr1');
const mounted = !closed && existsSync(folder) && statfsSync(folder).type === 0x01021994;
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

if (closed) {
  // Node blocks the signal then, also for a program that uses it for something of its own.
  process.on('newListener', (name) => {
    if (name === 'SIGUSR1') unblock(10);
  });
} else {
  process.on('SIGUSR1', () => {
    if (mounted && !inspecting) inspect(Int32Array.of(1));
  });
}

// Node has installed its handler when this is called. As lib/linux/ffi.ts, which no program need bring along for it.
function unblock(signal) {
  const { DynamicLibrary } = require('node:ffi');
  const signature = { arguments: ['int32', 'pointer', 'pointer'], return: 'int32' };
  const sigmask = new DynamicLibrary(null).getFunction('pthread_sigmask', signature);
  // sigset_t of glibc: 1024 bits, the first for signal 1.
  const set = Buffer.alloc(128);
  set.writeBigUInt64LE(1n << BigInt(signal - 1));
  // bits/sigaction.h: SIG_UNBLOCK
  sigmask(1, set, null);
}

if (mounted && existsSync(`${folder}/break`)) {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  // Workers of the program are told to load this file too.
  if (require('node:worker_threads').isMainThread) {
    inspect(gate);
    // Short waits: between them the debugger's first messages are answered.
    while (Atomics.load(gate, 0) === 0) Atomics.wait(gate, 0, 0, 20);
  }
}
