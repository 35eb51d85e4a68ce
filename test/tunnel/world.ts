import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grpcReason } from '../../build/machine/client/client.ts';
import { forwardConnection } from '../../build/machine/forward/connection.ts';
import { type Forwards, openForwards } from '../../build/machine/forward/listen.ts';
import { machineFiles } from '../../build/machine/records/folder.ts';
import { GuestLink } from '../../build/monitor/guest-link.ts';
import { controlProxy } from '../../build/monitor/proxy.ts';
import { FakeGuest } from '../../build/monitor/testing/guest.ts';
import type { ForwardStart } from '../../lib/control/generated/control.ts';
import { testSocket } from '../../lib/testing.ts';
import type { Driver } from '../../services/supervisor/service/driver.ts';
import { openForward } from '../../services/supervisor/tunnel/forward.ts';
import { tunnelCall } from '../../services/supervisor/tunnel/serve.ts';

/**
 * All of a tunnel but the machine: a listener of kit forward, the monitor's proxy, the supervisor's half, and a service that
 * listens on loopback.
 */
export class TunnelWorld implements AsyncDisposable {
  /** Why connections could not be had. */
  readonly reasons: string[] = [];
  readonly guest: FakeGuest;
  readonly #stack: AsyncDisposableStack;
  readonly #forwards: Forwards;
  readonly #service: Server;

  private constructor(guest: FakeGuest, forwards: Forwards, service: Server, stack: AsyncDisposableStack) {
    this.guest = guest;
    this.#forwards = forwards;
    this.#service = service;
    this.#stack = stack;
  }

  static async make(): Promise<TunnelWorld> {
    const stack = new AsyncDisposableStack();
    const dir = await mkdtemp(join(tmpdir(), 'kit-tunnel-'));
    stack.defer(() => rm(dir, { recursive: true }));
    const guest = stack.use(await FakeGuest.listen(testSocket(dir, machineFiles.port)));
    const none = { runners: new Map(), service: () => undefined } as unknown as Driver;
    guest.forward = tunnelCall((start: ForwardStart) => openForward(none, start));
    const times = { patienceMs: 1000, maxPatienceMs: 1000, pauseMs: 20, pingMs: 500, silenceMs: 20_000 };
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
    let world: TunnelWorld | undefined;
    const forwards = await openForwards(
      [leads, { ...leads, servicePort: 1 }, { ...leads, service: 'nobody' }],
      (socket, one) =>
        forwardConnection(socket, dir, one).catch(
          (thrown: unknown) => void world?.reasons.push(grpcReason(thrown)),
        ),
    );
    stack.use(forwards);
    world = new TunnelWorld(guest, forwards, service, stack);
    return world;
  }

  /** A connection through the tunnel: the client's end and the service's. */
  async connection(): Promise<{ client: Socket; service: Socket }> {
    const arrived = once(this.#service, 'connection') as Promise<[Socket]>;
    const client = await this.knock(0);
    const [service] = await arrived;
    return { client, service };
  }

  /** The client's end alone: of the service, of a port where nothing listens, of a service that is not there. */
  async knock(which: 0 | 1 | 2): Promise<Socket> {
    const port = this.#forwards.open[which]?.port ?? 0;
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    client.on('error', () => {});
    await once(client, 'connect');
    return client;
  }

  /** Answers each connection so. */
  serve(answer: (socket: Socket) => void): void {
    this.#service.on('connection', answer);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}
