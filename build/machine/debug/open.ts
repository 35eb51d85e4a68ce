import type { DebugStart } from '../../../lib/control/generated/control.ts';
import type { TunnelMessage } from '../../../lib/control/tunnel.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { grpcReason, type MachineClient } from '../client/client.ts';
import { leave, type TunnelCall } from '../client/tunnel.ts';
import { type DebugServer, serveDebugger } from './server.ts';
import { type DebuggerClient, DebugSession } from './session.ts';

export interface DebugWanted {
  readonly machine: string;
  readonly service: string;
  /** 0: any. */
  readonly port: number;
  /** Restart it first, to wait at its start for a debugger. */
  readonly stopped: boolean;
  /** Where sources may lie besides kit's own checkout; absolute. */
  readonly folders: readonly string[];
}

/** Opens a port of this host that debuggers of the service connect to. `ended` resolves when the service has gone. */
export async function openDebugger(
  client: MachineClient,
  { machine, service, port, stopped, folders }: DebugWanted,
): Promise<DebugServer & { readonly ended: Promise<void> }> {
  const door = await holdOpen(client.debug(), { service, break: stopped }).catch((thrown: unknown) => {
    throw new KitError(`Cannot debug service "${service}" of machine "${machine}": ${grpcReason(thrown)}`, {
      hint: `kit ps lists the services of ${machine}`,
      cause: thrown,
    });
  });
  const target = {
    title: `${machine}/${service}`,
    open: (debuggerClient: DebuggerClient) =>
      new DebugSession(client.debug(), { service, break: false }, debuggerClient, folders),
  };
  try {
    const server = await serveDebugger(target, port);
    return {
      ...server,
      ended: door.ended,
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        door.call.cancel();
      },
    };
  } catch (thrown) {
    door.call.cancel();
    throw thrown;
  }
}

/**
 * A session that says nothing, for as long as kit debug runs: it opens the service's door, keeps it open while debuggers
 * come and go, and a service that waits at its start waits for as long. @throws the gRPC error
 */
async function holdOpen(
  call: TunnelCall<DebugStart>,
  start: DebugStart,
): Promise<{ readonly call: TunnelCall<DebugStart>; readonly ended: Promise<void> }> {
  // Not 'close': a call that fails leaves its stream as it is.
  const ended = new Promise<void>((resolve) => call.once('status', () => resolve()));
  const answered = new Promise<void>((resolve, reject) => {
    call.once('error', reject);
    call.once('data', () => resolve());
  });
  call.write({ start });
  // Any question will do: the answer tells that the service is there.
  call.write({ data: Buffer.from('{"id":1,"method":"Schema.getDomains"}\n') });
  await answered;
  call.on('error', () => {});
  call.on('data', ({ end }: TunnelMessage) => end && leave(call));
  return { call, ended };
}
