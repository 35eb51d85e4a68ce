import { credentials, Metadata } from '@grpc/grpc-js';
import { ControlClient } from '../../lib/control/generated/control.ts';
import type { Ending } from '../../lib/control/init.ts';

/** Milliseconds that the supervisor may take to answer. */
const patienceMs = 10_000;

/** Asks the supervisor for an orderly end; resolves when it has begun. @param socket with role operate */
export async function endMachine(socket: string, ending: Ending): Promise<void> {
  const client = new ControlClient(`unix:${socket}`, credentials.createInsecure());
  try {
    await new Promise<void>((resolve, reject) => {
      client.end({ ending }, new Metadata(), { deadline: Date.now() + patienceMs }, (error) =>
        // Its number and name are for programs.
        error ? reject(new Error(error.message.replace(/^\d+ [A-Z_]+: /, ''))) : resolve(),
      );
    });
  } finally {
    client.close();
  }
}
