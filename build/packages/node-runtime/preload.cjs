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
const closed = process.execArgv.includes('--disable-sigusr1');
// include/uapi/linux/magic.h: TMPFS_MAGIC
const mounted = !closed && existsSync(folder) && statfsSync(folder).type === 0x01021994;
let inspecting;

function inspect(waiting) {
  const { Worker } = require('node:worker_threads');
  const workerData = { socket: `${folder}/socket`, waiting };
  inspecting = new Worker(`${__dirname}/inspect.cjs`, { workerData, execArgv: [], env: {} });
  // As in the worker.
  const beat = setInterval(() => {}, 100).unref();
  inspecting.once('exit', () => {
    clearInterval(beat);
    inspecting = undefined;
  });
  inspecting.on('error', () => {});
  // A program that is done ends, debugger or not.
  inspecting.unref();
  return inspecting;
}

if (closed) {
  // Node blocks the signal then, also for a program that uses it for something of its own.
  process.on('newListener', (name) => {
    if (name === 'SIGUSR1') unblock(10);
  });
} else {
  process.on('SIGUSR1', () => {
    if (mounted && !inspecting) inspect(false);
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

// Workers of the program are told to load this file, too.
if (mounted && existsSync(`${folder}/break`) && require('node:worker_threads').isMainThread) {
  // The program begins when a debugger says so. Meanwhile the event loop turns, which answers debuggers and signals: Node
  // calls this function for the main module, and lets those who are loaded before it put another in its place
  // (lib/internal/main/run_main_module.js).
  const Module = require('node:module');
  const { runMain } = Module;
  Module.runMain = (...main) => {
    Module.runMain = runMain;
    const worker = inspect(true);
    worker.ref();
    const begin = () => {
      worker.off('message', begin).off('exit', begin).unref();
      // Not in the callback of anybody: what the program throws is its own.
      setImmediate(() => runMain.apply(Module, main));
    };
    worker.on('message', begin).on('exit', begin);
  };
}
