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

const notHere = { code: status.UNIMPLEMENTED, details: 'not in this test' };

/**
 * A guest for tests: a real gRPC server behind a socket that takes one connection at a time, as QEMU's port
 * does.
 */
export class FakeGuest implements AsyncDisposable {
  readonly path: string;
  /** What becomes of a connection; the default serves gRPC on it. */
  greet: (socket: Socket) => void = (socket) => this.serve(socket);
  /** The tunnels of a test that has some. */
  forward: ControlServer['forward'] = (call) => call.emit('error', notHere);
  reply = StatusReply.decode(new Uint8Array());
  connections = 0;
  endings: string[] = [];
  cancelled = 0;
  private readonly sockets = new Set<Socket>();
  private readonly grpc = new Server();
  private readonly injector: ReturnType<Server['createConnectionInjector']>;
  private readonly listener: NetServer;

  private constructor(path: string) {
    this.path = path;
    this.grpc.addService(ControlService, this.service());
    this.injector = this.grpc.createConnectionInjector(ServerCredentials.createInsecure());
    this.listener = createServer((socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('error', () => {}).on('close', () => this.sockets.delete(socket));
      this.greet(socket);
    });
  }

  static async listen(path: string): Promise<FakeGuest> {
    const guest = new FakeGuest(path);
    await new Promise<void>((resolve) => guest.listener.listen(path, resolve));
    return guest;
  }

  serve(socket: Socket): void {
    this.injector.injectConnection(socket);
  }

  /** Serves until `deaf` says that nothing is heard any more, though the connection stays. */
  serveUntil(socket: Socket, deaf: () => boolean): void {
    const [inside, outside] = socketPair();
    this.injector.injectConnection(inside);
    outside.on('error', () => {}).on('data', (bytes) => deaf() || socket.write(bytes));
    socket.on('data', (bytes) => deaf() || outside.write(bytes)).on('close', () => outside.destroy());
  }

  /** The guest's side dies: every connection is cut. */
  vanish(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.vanish();
    this.grpc.forceShutdown();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private service(): ControlServer {
    return {
      status: (_call, done) => done(null, this.reply),
      logs: (call) => this.logs(call),
      incidents: (_call, done) => done(null, { incidents: [], bootId: '' }),
      report: (_call, done) => done(null, { parts: [{ name: 'mounts.json', text: '[]\n' }] }),
      startService: (_call, done) => done(notHere),
      stopService: (call, done) =>
        done({ code: status.NOT_FOUND, details: `there is no service "${call.request.service}"` }),
      restartService: (_call, done) => done(notHere),
      copy: (call) => call.emit('error', notHere),
      exec: (call) => call.emit('error', notHere),
      missingLayers: (_call, done) => done(notHere),
      pushLayer: (_call, done) => done(notHere),
      forward: (call) => this.forward(call),
      debug: (call) => call.emit('error', notHere),
      end: (call, done) => {
        this.endings.push(call.request.ending);
        done(null, {});
      },
    };
  }

  /** `tail` lines of 1 kB, each a message; then, when following, silence until the client has enough. */
  private logs(call: ServerWritableStream<LogsRequest, LogLines>): void {
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
