import { type ServerDuplexStream, type ServerWritableStream, status } from '@grpc/grpc-js';
import type { ControlServer, LogLines, LogsRequest } from '../../lib/control/generated/control.ts';
import { refusal } from '../../services/supervisor/access/refusal.ts';

const notHere = { code: status.UNIMPLEMENTED, details: 'not in this test' };

/** Streams that are open now: clients that vanish must leave none. */
export interface Open {
  logs: number;
  tunnels: number;
}

/**
 * The control protocol without a machine: Status answers, Logs follows with a line each 20 ms, or with all that fits when it is
 * asked for a tail, and tunnels send back what they get.
 */
export function echoing(open: Open): ControlServer {
  const memory = { memoryTotal: 0n, memoryAvailable: 0n, cpuUsec: 0n, cpus: 1 };
  const reply = { hostname: 'vm1', uptimeS: 1, ...memory, services: [], kernelRelease: '', bootId: '' };
  return {
    status: (_call, done) => done(null, reply),
    incidents: (_call, done) => done(null, { incidents: [], bootId: '' }),
    report: (_call, done) => done(null, { parts: [] }),
    startService: (call, done) => done(refusal(status.NOT_FOUND, `no "${call.request.service}"`)),
    stopService: (_call, done) => done(notHere),
    restartService: (_call, done) => done(notHere),
    end: (_call, done) => done(notHere),
    logs: (call) => follow(call, open),
    copy: (call) => call.emit('error', notHere),
    exec: (call) => call.emit('error', notHere),
    missingLayers: (_call, done) => done(notHere),
    pushLayer: (_call, done) => done(notHere),
    forward: (call) => echo(call, open),
    debug: (call) => echo(call, open),
  };
}

function follow(call: ServerWritableStream<LogsRequest, LogLines>, open: Open): void {
  open.logs += 1;
  let sequence = 0n;
  const where = { source: 'web', stream: 'stdout', pid: 1, missed: 0n, timeMs: 0n };
  const line = (message: string): LogLines => {
    sequence += 1n;
    return { logId: '', after: [], lines: [{ ...where, sequence, message }] };
  };
  const timer = setInterval(() => call.write(line('tick')), 20);
  const flood = (): void => {
    while (!call.cancelled && call.write(line('x'.repeat(10_000))));
  };
  if (call.request.tail > 0) flood();
  if (call.request.tail > 0) call.on('drain', flood);
  call.once('cancelled', () => {
    clearInterval(timer);
    open.logs -= 1;
  });
}

function echo<Input, Output>(call: ServerDuplexStream<Input, Output>, open: Open): void {
  open.tunnels += 1;
  call.on('data', () => call.write({} as Output)).on('end', () => call.end());
  call.once('close', () => {
    open.tunnels -= 1;
  });
}
