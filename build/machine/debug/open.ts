import type { DebugStart } from '../../../lib/control/generated/control.ts';
import type { TunnelMessage } from '../../../lib/control/tunnel.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { MachineClient } from '../client/client.ts';
import { grpcReason } from '../client/grpc-errors.ts';
import { endTunnel, type TunnelCall } from '../client/tunnel.ts';
import { type DebugServer, serveDebugger } from './server.ts';
import { type DebuggerClient, DebugSession } from './session.ts';

export interface DebugOptions {
  readonly machine: string;
  readonly service: string;
  /** 0: any free port. */
  readonly port: number;
  /** Restart the service first, and let it wait for a debugger at its start. */
  readonly stopped: boolean;
  /** Folders with sources besides kit's own checkout; absolute. */
  readonly folders: readonly string[];
}

/**
 * Opens a port of this host for debuggers of the service. `ended` resolves when the service has ended.
 * @throws KitError
 */
export async function openDebugger(
  client: MachineClient,
  { machine, service, port, stopped, folders }: DebugOptions,
): Promise<DebugServer & { readonly ended: Promise<void> }> {
  const session = await holdOpen(client.debug(), { service, break: stopped }).catch((thrown: unknown) => {
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
      ended: session.ended,
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        session.call.cancel();
      },
    };
  } catch (thrown) {
    session.call.cancel();
    throw thrown;
  }
}

/**
 * An idle session that lasts as long as `kit debug` runs. It keeps the service's inspector open between
 * debuggers; a service that waits for a debugger at its start keeps waiting. @throws the gRPC error
 */
async function holdOpen(
  call: TunnelCall<DebugStart>,
  start: DebugStart,
): Promise<{ readonly call: TunnelCall<DebugStart>; readonly ended: Promise<void> }> {
  // Not 'close': the stream of a failed call is not closed.
  const ended = new Promise<void>((resolve) => call.once('status', () => resolve()));
  const answered = new Promise<void>((resolve, reject) => {
    call.once('error', reject);
    call.once('data', () => resolve());
  });
  call.write({ start });
  // Any request will do: the answer shows that the inspector is up.
  call.write({ data: Buffer.from('{"id":1,"method":"Schema.getDomains"}\n') });
  await answered;
  call.on('error', () => {});
  call.on('data', ({ end }: TunnelMessage) => end && endTunnel(call));
  return { call, ended };
}
