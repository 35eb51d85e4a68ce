import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grpcReason } from '../../build/machine/client/grpc-errors.ts';
import { forwardConnection } from '../../build/machine/forward/connection.ts';
import { type OpenForwards, openForwards } from '../../build/machine/forward/open-forwards.ts';
import { machineFiles } from '../../build/machine/records/folder.ts';
import { FakeGuest } from '../../build/machine/testing/fake-guest.ts';
import { controlProxy } from '../../build/monitor/control-proxy.ts';
import { GuestLink } from '../../build/monitor/guest-link.ts';
import type { ForwardStart } from '../../lib/control/generated/control.ts';
import type { Driver } from '../../services/supervisor/service/driver.ts';
import { openForward } from '../../services/supervisor/tunnel/forward.ts';
import { tunnelCall } from '../../services/supervisor/tunnel/tunnel-call.ts';
import { testSocket } from '../support/needs.ts';

/**
 * A tunnel without a machine: listeners of kit forward, the monitor's proxy, the supervisor's Forward call,
 * and a service that listens on loopback.
 */
export class TunnelSetup implements AsyncDisposable {
  /** Reasons for failed connections. */
  readonly reasons: string[] = [];
  readonly guest: FakeGuest;
  readonly #stack: AsyncDisposableStack;
  readonly #forwards: OpenForwards;
  readonly #service: Server;

  constructor(guest: FakeGuest, forwards: OpenForwards, service: Server, stack: AsyncDisposableStack) {
    this.guest = guest;
    this.#forwards = forwards;
    this.#service = service;
    this.#stack = stack;
  }

  static async make(): Promise<TunnelSetup> {
    const stack = new AsyncDisposableStack();
    const dir = await mkdtemp(join(tmpdir(), 'kit-tunnel-'));
    stack.defer(() => rm(dir, { recursive: true }));
    const guest = stack.use(await FakeGuest.listen(testSocket(dir, 'port.sock')));
    const noServices = { runners: new Map(), service: () => undefined } as unknown as Driver;
    guest.forward = tunnelCall((start: ForwardStart) => openForward(noServices, start));
    const times = {
      ...{ patienceMs: 1000, maxPatienceMs: 1000, pauseMs: 20, pingMs: 500 },
      ...{ silenceMs: 20_000, nextMs: 8000 },
    };
    const link = new GuestLink(() => connect(guest.path), times);
    stack.defer(() => link.close());
    const proxy = controlProxy(link, {});
    stack.defer(() => void proxy.close());
    proxy.listen(testSocket(dir, machineFiles.control));
    const up = once(link, 'session');
    void link.run();
    await up;
    const service = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    stack.defer(() => void service.close());
    service.on('connection', (socket) => socket.on('error', () => {}));
    await once(service, 'listening');
    const { port } = service.address() as AddressInfo;
    const leads = { address: '127.0.0.1', port: 0, service: '', servicePort: port };
    let setup: TunnelSetup | undefined;
    const forwards = await openForwards(
      [leads, { ...leads, servicePort: 1 }, { ...leads, service: 'nobody' }],
      (socket, one) =>
        forwardConnection(socket, dir, one).catch(
          (thrown: unknown) => void setup?.reasons.push(grpcReason(thrown)),
        ),
    );
    stack.use(forwards);
    setup = new TunnelSetup(guest, forwards, service, stack);
    return setup;
  }

  /** Opens a connection through the tunnel and returns both of its ends. */
  async connection(): Promise<{ client: Socket; service: Socket }> {
    const arrived = once(this.#service, 'connection') as Promise<[Socket]>;
    const client = await this.connect(0);
    const [service] = await arrived;
    return { client, service };
  }

  /**
   * Connects to a listener. 0: the service; 1: a port on which nothing listens; 2: a service that does not
   * exist.
   */
  async connect(which: 0 | 1 | 2): Promise<Socket> {
    const port = this.#forwards.open[which]?.port ?? 0;
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    client.on('error', () => {});
    await once(client, 'connect');
    return client;
  }

  /** Serves each connection to the service. */
  serve(answer: (socket: Socket) => void): void {
    this.#service.on('connection', answer);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}
