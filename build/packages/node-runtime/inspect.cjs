// A worker that lets debuggers into the program of its main thread, by a unix socket instead of a port: JSON messages of
// the Chrome DevTools protocol, one a line, each connection a session of its own. preload.cjs starts it when somebody
// asks; when the last connection has ended it ends too, and a program that waits or stands at a breakpoint goes on.
const { readFile, rmSync } = require('node:fs');
const { Session } = require('node:inspector');
const { createServer } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');

const { socket: path } = workerData;
// A message of a debugger is a few kilobytes; one that never ends is not from a debugger.
const longest = 64 << 20;
// Nobody waits longer for a debugger that has not come: whoever asked for the wait may have died since. In milliseconds.
const patience = 120_000;
let { waiting } = workerData;
let connections = 0;

// Lets a program go that waits at its start.
function open() {
  clearTimeout(timer);
  if (waiting) parentPort.postMessage('begin');
  waiting = false;
}

function serve(socket) {
  clearTimeout(timer);
  connections += 1;
  const session = new Session();
  session.connectToMainThread();
  const send = (message) => socket.writable && socket.write(`${JSON.stringify(message)}\n`);
  session.on('inspectorNotification', send);
  let rest = '';
  socket.setEncoding('utf8').on('data', (text) => {
    rest += text;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      obey(line, session, send);
    }
    if (rest.length > longest) socket.destroy();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    session.disconnect();
    connections -= 1;
    if (connections === 0) leave();
  });
}

function obey(line, session, send) {
  const { id, method, params } = parse(line);
  if (typeof method !== 'string') return;
  if (method === 'Kit.readFile') return readFor(id, params, send);
  if (method === 'Runtime.runIfWaitingForDebugger') begin(session);
  session.post(method, params, (error, result) => send(error ? { id, error } : { id, result }));
}

// A source map lies here, and the debugger elsewhere. Whoever debugs a program can read what it can read.
function readFor(id, params, send) {
  readFile(String(params?.path), 'utf8', (error, text) => {
    send(error ? { id, error: { message: error.message } } : { id, result: { text } });
  });
}

function parse(line) {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    return {};
  }
}

let begun = false;

// The program waits at its start: it is let go, and stops again before its first line. A debugger that has such an
// instrumentation of its own, as VS Code to read source maps, expects to hear of it, and then lets the program run.
function begin(session) {
  if (!waiting || begun) return;
  begun = true;
  const instrumentation = 'beforeScriptWithSourceMapExecution';
  session.post('Debugger.setInstrumentationBreakpoint', { instrumentation }, (theirs, ours) => {
    session.once('Debugger.paused', ({ params }) => {
      if (theirs) return breakAtFirstLine(session, params);
      params.reason = breakOnStart;
      session.post('Debugger.removeBreakpoint', ours);
    });
    open();
  });
}

// What Node itself calls that stop.
const breakOnStart = 'Break on start';

function breakAtFirstLine(session, { reason, callFrames: [{ location }] }) {
  if (reason !== 'instrumentation') return;
  const first = { scriptId: location.scriptId, lineNumber: 0 };
  session.post('Debugger.setBreakpoint', { location: first }, (_error, set) => {
    session.once('Debugger.paused', ({ params }) => {
      if (!set || !params.hitBreakpoints?.includes(set.breakpointId)) return;
      params.reason = breakOnStart;
      session.post('Debugger.removeBreakpoint', { breakpointId: set.breakpointId });
    });
  });
}

function leave() {
  open();
  server.close();
}

// What one thread posts to the other interrupts V8, which looks when JavaScript runs, and wakes the event loop. In machines
// under emulation a loop has been seen to sleep on, until anything else woke it. So something does, on both sides.
setInterval(() => {}, 100).unref();

rmSync(path, { force: true });
const server = createServer(serve).on('error', open);
const timer = waiting ? setTimeout(leave, patience) : undefined;
server.listen(path);
