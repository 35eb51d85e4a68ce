// A worker that lets debuggers into the program of its main thread, by a unix socket instead of a port: JSON messages of
// the Chrome DevTools protocol, one a line, each connection a session of its own. preload.cjs starts it when somebody
// asks; when the last connection has ended it ends too, and a program that waits or stands at a breakpoint goes on.
const { readFile, rmSync } = require('node:fs');
const { Session } = require('node:inspector');
const { createServer } = require('node:net');
const { workerData } = require('node:worker_threads');

const { socket: path, gate } = workerData;
// A message of a debugger is a few kilobytes; one that never ends is not from a debugger.
const longest = 64 << 20;
let connections = 0;

const open = () => {
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
};

function serve(socket) {
  connections += 1;
  const session = new Session();
  session.connectToMainThread();
  const send = (message) => socket.writable && socket.write(`${JSON.stringify(message)}\n`);
  session.on('inspectorNotification', (message) => send(named(message)));
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
    if (connections > 0) return;
    open();
    server.close();
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

let waiting = Atomics.load(gate, 0) === 0;

// The program waits at its start: it is let go, and stops again before its first line.
function begin(session) {
  if (!waiting) return;
  waiting = false;
  const instrumentation = 'beforeScriptWithSourceMapExecution';
  session.post('Debugger.setInstrumentationBreakpoint', { instrumentation }, (_error, result) => {
    session.once('Debugger.paused', () => {
      if (result) session.post('Debugger.removeBreakpoint', { breakpointId: result.breakpointId });
    });
    open();
  });
}

// What Node itself calls the stop before the first line.
function named(message) {
  if (message.method !== 'Debugger.paused' || message.params.reason !== 'instrumentation') return message;
  return { ...message, params: { ...message.params, reason: 'Break on start' } };
}

rmSync(path, { force: true });
const server = createServer(serve).on('error', open);
server.listen(path);
