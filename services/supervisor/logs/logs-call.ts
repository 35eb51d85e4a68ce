import { type handleServerStreamingCall, type ServerWritableStream, status } from '@grpc/grpc-js';
import type { LogLines, LogsRequest } from '../../../lib/control/generated/control.ts';
import { auditSource } from '../../../lib/log/audit.ts';
import { logSources } from '../../../lib/log/segments.ts';
import { rpcError, toRpcError } from '../calls/rpc-error.ts';
import { kernelSource } from './kernel-log.ts';
import { readLogs } from './read-logs.ts';
import { waiter } from './waiter.ts';

/** The Logs call of control.proto. `services`: names that are known before they have written a line. */
export function logsCall(
  folder: string,
  services: () => readonly string[],
): handleServerStreamingCall<LogsRequest, LogLines> {
  return (call) => {
    const known = new Set([...services(), ...logSources(folder), kernelSource, auditSource]);
    const unknown = call.request.services.find((name) => !known.has(name));
    if (unknown === undefined) void sendLogs(folder, call);
    else {
      const names = [...known].sort().join(', ');
      call.emit('error', rpcError(status.NOT_FOUND, `Unknown service "${unknown}": there are ${names}`));
    }
  };
}

/**
 * A slow client delays only itself: lines it has not read in time are dropped with their segment, and
 * counted.
 */
async function sendLogs(folder: string, call: ServerWritableStream<LogsRequest, LogLines>): Promise<void> {
  const abort = new AbortController();
  const wait = waiter(abort.signal);
  call.on('cancelled', () => abort.abort());
  call.on('close', () => abort.abort());
  try {
    for await (const lines of readLogs(folder, call.request, abort.signal)) {
      // One message at a time: messages queued for a slow client would fill the memory.
      await wait((done) => call.write(lines, done));
      if (abort.signal.aborted) return;
    }
    call.end();
  } catch (thrown) {
    if (!abort.signal.aborted) call.emit('error', toRpcError(thrown));
  }
}
