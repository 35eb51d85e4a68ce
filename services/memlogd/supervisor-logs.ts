import { credentials } from '@grpc/grpc-js';
import { ControlClient } from '../../lib/control/generated/control.ts';
import { logMessages } from '../../lib/control/log-messages.ts';
import { keptLogs } from '../../lib/control/logs-request.ts';
import type { ReadLogs } from './serve-client.ts';

/** Reads all sources of the machine from the supervisor. @param socket with role read */
export function supervisorLogs(socket: string): ReadLogs {
  const client = new ControlClient(`unix:${socket}`, credentials.createInsecure());
  return async function* read({ dump, follow }, signal) {
    let isNew = dump;
    for await (const message of logMessages(client, { ...keptLogs, all: true, follow }, signal)) {
      if (isNew) yield message;
      // One without lines separates those that are kept from new ones (control.proto).
      else if (message.lines.length === 0 && message.logId === '') isNew = true;
    }
  };
}
