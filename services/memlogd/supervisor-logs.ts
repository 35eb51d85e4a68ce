import { credentials } from '@grpc/grpc-js';
import { ControlClient, type LogLines } from '../../lib/control/generated/control.ts';
import { keptLogs } from '../../lib/control/logs-request.ts';
import type { ReadLogs } from './serve-client.ts';

/** Reads all sources of the machine from the supervisor. @param socket with role read */
export function supervisorLogs(socket: string): ReadLogs {
  const client = new ControlClient(`unix:${socket}`, credentials.createInsecure());
  return async function* read({ dump, follow }, signal) {
    const call = client.logs({ ...keptLogs, all: true, follow });
    const cancel = (): void => call.cancel();
    signal.addEventListener('abort', cancel);
    // An error may come after the loop has ended; without a listener it would end the process.
    call.on('error', () => {});
    let isNew = dump;
    try {
      for await (const message of call as AsyncIterable<LogLines>) {
        if (isNew) yield message;
        // One without lines separates those that are kept from new ones (control.proto).
        else if (message.lines.length === 0 && message.logId === '') isNew = true;
      }
    } finally {
      signal.removeEventListener('abort', cancel);
      cancel();
    }
  };
}
