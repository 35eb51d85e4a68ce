import { forwardConnection } from '../../machine/forward/connection.ts';
import type { ForwardSpec } from '../../machine/forward/forward-spec.ts';
import { openForwards } from '../../machine/forward/open-forwards.ts';
import type { Forward, ForwardOptions } from './types/actions.ts';

/** Opens a port whose connections go to a port in a machine, also after a reboot. @throws KitError */
export async function openForward(
  dir: string,
  service: string,
  servicePort: number,
  { localPort = 0, localAddress = '127.0.0.1' }: ForwardOptions,
): Promise<Forward> {
  let failure: Error | undefined;
  const wanted: ForwardSpec = { address: localAddress, port: localPort, service, servicePort };
  const forwards = await openForwards([wanted], async (socket, spec) => {
    // A port that is open must not keep a test's process alive.
    socket.unref();
    try {
      await forwardConnection(socket, dir, spec);
    } catch (thrown) {
      failure = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
  });
  const port = forwards.open[0]?.port ?? 0;
  const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
  return {
    ...{ address: localAddress, port, url: `http://${host}:${port}` },
    get failure() {
      return failure;
    },
    [Symbol.asyncDispose]: () => forwards[Symbol.asyncDispose](),
  };
}
