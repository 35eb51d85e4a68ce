import { type ServerDuplexStream, type ServerWritableStream, status } from '@grpc/grpc-js';
import type { ControlServer, LogLines, LogsRequest } from '../../lib/control/generated/control.ts';
import { rpcError } from '../../services/supervisor/calls/rpc-error.ts';

const unimplemented = { code: status.UNIMPLEMENTED, details: 'not in this test' };

/** Number of open streams. */
export interface OpenStreams {
  logs: number;
  tunnels: number;
}

/**
 * The Control service without a machine: Status answers, Logs sends a line each 20 ms, or with `tail` as many
 * as the client accepts, and tunnels answer each message.
 */
export function echoControl(open: OpenStreams): ControlServer {
  const memory = { memoryTotal: 0n, memoryAvailable: 0n, cpuUsec: 0n, cpus: 1, booting: false };
  const reply = {
    hostname: 'vm1',
    uptimeS: 1,
    ...memory,
    services: [],
    filesystems: [],
    kernelRelease: '',
    bootId: '',
  };
  return {
    status: (_call, done) => done(null, reply),
    incidents: (_call, done) => done(null, { incidents: [], bootId: '' }),
    report: (_call, done) => done(null, { parts: [] }),
    startService: (call, done) => done(rpcError(status.NOT_FOUND, `no "${call.request.service}"`)),
    stopService: (_call, done) => done(unimplemented),
    restartService: (_call, done) => done(unimplemented),
    end: (_call, done) => done(unimplemented),
    logs: (call) => follow(call, open),
    copy: (call) => call.emit('error', unimplemented),
    exec: (call) => call.emit('error', unimplemented),
    missingLayers: (_call, done) => done(unimplemented),
    pushLayer: (_call, done) => done(unimplemented),
    imageState: (_call, done) => done(unimplemented),
    update: (call) => call.emit('error', unimplemented),
    forward: (call) => echo(call, open),
    debug: (call) => echo(call, open),
  };
}

function follow(call: ServerWritableStream<LogsRequest, LogLines>, open: OpenStreams): void {
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

function echo<Input, Output>(call: ServerDuplexStream<Input, Output>, open: OpenStreams): void {
  open.tunnels += 1;
  call.on('data', () => call.write({} as Output)).on('end', () => call.end());
  call.once('close', () => {
    open.tunnels -= 1;
  });
}
