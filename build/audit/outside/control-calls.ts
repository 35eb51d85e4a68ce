import { status } from '@grpc/grpc-js';
import { grpcReason } from '../../machine/client/grpc-errors.ts';
import type { OutsideAttack, World } from './world.ts';

/** Calls of control.proto that give access to the inside of services, as the machine's owner makes them. */
export const controlCalls = {
  'exec-closed': async ({ client, service }) => {
    const targets = [service, ''];
    const reached = [];
    for (const one of targets) {
      const start = { service: one, command: ['/'], terminal: undefined, term: '', image: undefined };
      const what = await attempt(client.exec(), { start }, `ran a program in ${one || 'the machine'}`);
      if (what !== undefined) reached.push(what);
    }
    return reached.join(', ') || undefined;
  },
  'copy-closed': ({ client, service }) => {
    const start = { service, path: '/', direction: 'send', follow: false };
    return attempt(client.copy(), { start }, `copied files of ${service}`);
  },
  'debugger-closed': ({ client, service }) =>
    attempt(client.debug(), { start: { service, break: false } }, `opened a debugger in ${service}`, {
      data: Buffer.from('{"id":1,"method":"Runtime.enable"}\n'),
    }),
  'debug-image-closed': ({ client }: World) =>
    refused(() => client.missingLayers([]), 'offered the layers of a debug image'),
  // No statement, so that it changes nothing where it is let in.
  'update-closed': ({ client }) => {
    const start = { statement: Buffer.from('{}'), signature: Buffer.alloc(0) };
    return attempt(client.update(), { start }, 'sent an update that nobody has signed');
  },
} satisfies Readonly<Record<string, OutsideAttack>>;

interface Call {
  write(message: object): unknown;
  cancel(): void;
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}

/** The first answer counts: a call that is refused has none. @param more messages that make it answer */
async function attempt(
  call: unknown,
  start: object,
  what: string,
  ...more: readonly object[]
): Promise<string | undefined> {
  const stream = call as Call;
  return refused(async () => {
    try {
      for (const message of [start, ...more]) stream.write(message);
      for await (const _ of stream) return;
    } finally {
      stream.cancel();
    }
  }, what);
}

/** Any answer other than that it may not is one of the service behind: the call was let in. */
async function refused(act: () => Promise<unknown>, what: string): Promise<string | undefined> {
  try {
    await act();
    return what;
  } catch (thrown) {
    const code = (thrown as { readonly code?: unknown }).code;
    if (code === status.PERMISSION_DENIED) return undefined;
    if (code === status.UNAVAILABLE || code === status.CANCELLED) throw thrown;
    return `${what} (${grpcReason(thrown)})`;
  }
}
