import type { Socket } from 'node:net';
import type { AuthContext, Connection, TcpipBindInfo } from 'ssh2';
import { reasonOf } from '../../lib/errors/errors.ts';
import { limits, type Settings } from './arguments.ts';
import type { AuthorizedKey } from './authorized-keys.ts';
import { forwardTo, RemoteForwards } from './forward.ts';
import { fingerprint } from './host-keys.ts';
import { type Log, quoted } from './log.ts';
import { decide, LoginAttempts } from './login.ts';
import { SessionServer } from './session.ts';

export interface ConnectionContext {
  readonly settings: Settings;
  readonly socket: Socket;
  /** e.g. `10.0.2.2:53422` */
  readonly from: string;
  readonly log: Log;
  /** Called once, after the login. */
  readonly loggedIn: () => void;
}

/** Serves one SSH client: its login, then its channels. */
export class ConnectionServer {
  readonly #client: Connection;
  readonly #context: ConnectionContext;
  readonly #attempts = new LoginAttempts();
  #key: AuthorizedKey | undefined;
  #channels = 0;

  constructor(client: Connection, context: ConnectionContext) {
    this.#client = client;
    this.#context = context;
    client.on('authentication', (request) => this.#authenticate(request));
    client.once('ready', () => this.#serve());
    client.once('error', (error: Error) => this.#handleError(error));
    client.on('error', () => {});
    client.once('close', () => this.#logEnd());
  }

  #authenticate(request: AuthContext): void {
    const { settings, log } = this.#context;
    const decision = decide(request, settings, log);
    if (decision.kind === 'accept') this.#key = decision.key;
    if (decision.kind === 'accept' || decision.kind === 'query') request.accept();
    else request.reject(['publickey']);
    if (decision.kind !== 'refuse') return;
    if (this.#attempts.refused(request.username, decision.reason)) this.#client.end();
  }

  #serve(): void {
    const { settings, socket, from, log, loggedIn } = this.#context;
    const key = this.#key;
    if (!key) return void this.#client.end();
    loggedIn();
    const comment = key.comment === '' ? '' : ` ${quoted(key.comment)}`;
    log(`${settings.user} logged in from ${from} with ${key.type} ${fingerprint(key.blob)}${comment}`);
    const context = { ...settings, key, socket, log };
    this.#client.on('session', (accept, reject) => {
      if (!this.#reserveChannel()) return reject();
      const session = accept();
      new SessionServer(session, context);
      session.once('close', () => this.#channels--);
    });
    this.#serveForwards(key.forwarding);
  }

  #serveForwards(allowed: boolean): void {
    const { socket, log } = this.#context;
    this.#client.on('tcpip', (accept, reject, info) => {
      if (!allowed || !this.#reserveChannel()) return reject();
      const accepted = (): ReturnType<typeof accept> => {
        const channel = accept();
        channel.once('close', () => this.#channels--);
        return channel;
      };
      const rejected = (): void => {
        this.#channels--;
        reject();
      };
      forwardTo(accepted, rejected, info, socket, log);
    });
    const forwards = new RemoteForwards(this.#client, socket);
    this.#client.once('close', () => forwards.close());
    this.#client.on('request', (accept, reject, name, info) => {
      const { bindAddr, bindPort } = info as TcpipBindInfo;
      const refuse = (): void => reject?.();
      if (!allowed) refuse();
      else if (name === 'tcpip-forward') forwards.open(bindAddr, bindPort, (port) => accept?.(port), refuse);
      else if (name === 'cancel-tcpip-forward' && forwards.cancel(bindAddr, bindPort)) accept?.();
      else refuse();
    });
  }

  #reserveChannel(): boolean {
    if (this.#channels >= limits.channels) return false;
    this.#channels++;
    return true;
  }

  /** Logs errors only before the login; later ones come from the client's network. */
  #handleError(error: Error): void {
    const { from, log } = this.#context;
    if (!this.#key) log(`connection from ${from} failed: ${reasonOf(error)}`);
  }

  #logEnd(): void {
    const { settings, from, log } = this.#context;
    const summary = this.#key ? `${settings.user} from ${from} disconnected` : this.#attempts.summary(from);
    if (summary !== undefined) log(summary);
  }
}
