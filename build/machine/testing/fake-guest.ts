import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { Server, ServerCredentials, type ServerWritableStream, status } from '@grpc/grpc-js';
import {
  type ControlServer,
  ControlService,
  type LogLines,
  type LogsRequest,
  StatusReply,
} from '../../../lib/control/generated/control.ts';
import { socketPair } from '../../../lib/linux/net/socket-pair.ts';

const unimplemented = { code: status.UNIMPLEMENTED, details: 'not in this test' };

/**
 * A guest for tests: a real gRPC server behind a socket that accepts one connection at a time, like QEMU's
 * port.
 */
export class FakeGuest implements AsyncDisposable {
  readonly path: string;
  /** Handles a connection; by default, gRPC serves it. */
  accept: (socket: Socket) => void = (socket) => this.serve(socket);
  /** The handler of tunnels, for tests that have some. */
  forward: ControlServer['forward'] = (call) => call.emit('error', unimplemented);
  reply = StatusReply.decode(new Uint8Array());
  connections = 0;
  endings: string[] = [];
  cancelled = 0;
  readonly #sockets = new Set<Socket>();
  readonly #grpc = new Server({ 'grpc.keepalive_time_ms': 1000 });
  readonly #injector: ReturnType<Server['createConnectionInjector']>;
  readonly #listener: NetServer;

  constructor(path: string) {
    this.path = path;
    this.#grpc.addService(ControlService, this.#service());
    this.#injector = this.#grpc.createConnectionInjector(ServerCredentials.createInsecure());
    this.#listener = createServer((socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket));
      this.accept(socket);
    });
  }

  static async listen(path: string): Promise<FakeGuest> {
    const guest = new FakeGuest(path);
    await new Promise<void>((resolve) => guest.#listener.listen(path, resolve));
    return guest;
  }

  serve(socket: Socket): void {
    this.#injector.injectConnection(socket);
  }

  /** Serves until `isDeaf` returns true; then the connection stays open, but its bytes are dropped. */
  serveUntil(socket: Socket, isDeaf: () => boolean): void {
    const [inside, outside] = socketPair();
    this.#injector.injectConnection(inside);
    outside.on('error', () => {}).on('data', (bytes) => isDeaf() || socket.write(bytes));
    socket.on('data', (bytes) => isDeaf() || outside.write(bytes)).on('close', () => outside.destroy());
  }

  /**
   * Returns what accepts connections like a virtio-serial port whose guest is too busy to notice that one was
   * closed: what each host sends and receives belongs to the same session, until that ends.
   */
  busyPort(): (socket: Socket) => void {
    let host: Socket | undefined;
    let port: Socket | undefined;
    const session = (): void => {
      const [inside, outside] = socketPair();
      port = outside.on('error', () => {}).on('data', (bytes) => host?.write(bytes));
      outside.once('close', () => {
        port = undefined;
        if (host?.destroyed === false) session();
      });
      this.#injector.injectConnection(inside);
    };
    return (socket) => {
      host = socket.on('data', (bytes) => port?.write(bytes));
      if (!port) session();
    };
  }

  /** Closes every connection from the guest's side. */
  disconnect(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disconnect();
    this.#grpc.forceShutdown();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #service(): ControlServer {
    return {
      status: (_call, done) => done(null, this.reply),
      logs: (call) => this.#logs(call),
      incidents: (_call, done) => done(null, { incidents: [], bootId: '' }),
      report: (_call, done) => done(null, { parts: [{ name: 'mounts.json', text: '[]\n' }] }),
      startService: (_call, done) => done(unimplemented),
      stopService: (call, done) =>
        done({ code: status.NOT_FOUND, details: `there is no service "${call.request.service}"` }),
      restartService: (_call, done) => done(unimplemented),
      copy: (call) => call.emit('error', unimplemented),
      exec: (call) => call.emit('error', unimplemented),
      missingLayers: (_call, done) => done(unimplemented),
      pushLayer: (_call, done) => done(unimplemented),
      imageState: (_call, done) => done(unimplemented),
      update: (call) => call.emit('error', unimplemented),
      forward: (call) => this.forward(call),
      debug: (call) => call.emit('error', unimplemented),
      end: (call, done) => {
        this.endings.push(call.request.ending);
        done(null, {});
      },
    };
  }

  /** Sends `tail` lines of 1 kB, one per message; when following, the call then stays open. */
  #logs(call: ServerWritableStream<LogsRequest, LogLines>): void {
    call.on('cancelled', () => {
      this.cancelled += 1;
    });
    const { tail, follow } = call.request;
    let sent = 0;
    const send = (): void => {
      while (sent < tail) {
        sent += 1;
        const where = { source: 'web', stream: 'stdout', pid: 0, sequence: BigInt(sent), missed: 0n };
        const line = { ...where, timeMs: BigInt(sent), message: 'x'.repeat(1000) };
        if (!call.write({ logId: '', after: [], lines: [line] })) return void call.once('drain', send);
      }
      if (!follow) call.end();
    };
    send();
  }
}
