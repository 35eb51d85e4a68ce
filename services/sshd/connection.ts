import type { Socket } from 'node:net';
import type { Connection, TcpipBindInfo } from 'ssh2';
import { reasonOf } from '../../lib/errors/errors.ts';
import { limits, type Settings } from './arguments.ts';
import { type Audit, auditWith } from './audit.ts';
import { forwardTo, RemoteForwards } from './forward.ts';
import type { Log } from './log.ts';
import { LoginAttempts } from './login/attempts.ts';
import type { Candidate } from './login/candidates.ts';
import { decide, type LoginRequest } from './login/decide.ts';
import type { Permissions } from './login/options.ts';
import { mayConnect, mayListen } from './login/targets.ts';
import { SessionServer } from './session.ts';
import { mendProtocol } from './ssh2/mends.ts';
import type { LoginAnswer } from './ssh2/userauth.ts';
import type { Visit } from './startups/gate.ts';

/** Where a client comes from. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

export interface ConnectionContext {
  readonly settings: Settings;
  readonly socket: Socket;
  readonly from: Peer;
  /** What the client calls its program: `OpenSSH_10.0p2` (RFC 4253 section 4.2). */
  readonly software: string;
  readonly visit: Visit;
  readonly log: Log;
  readonly audit: Audit;
  /** With a limit for each kind of line, which is the first argument. */
  readonly auditRefusal: (kind: string, ...act: Parameters<Audit>) => void;
  /** Called once, after the login, with the key's fingerprint. Returns why it must still be refused. */
  readonly logIn: (key: string) => string | undefined;
  /** Ends the connection of a client that broke a rule of the protocol. */
  readonly abused: (reason: string) => void;
}

/** Serves one SSH client: its login, then its channels. */
export class ConnectionServer {
  readonly #client: Connection;
  readonly #context: ConnectionContext;
  readonly #attempts = new LoginAttempts();
  #identity: Candidate | undefined;
  #audit: Audit;
  #loggedIn = false;
  #channels = 0;
  #sessions = 0;

  constructor(client: Connection, context: ConnectionContext) {
    this.#client = client;
    this.#context = context;
    this.#audit = auditWith(context.audit, { user: context.settings.user, ...context.from });
    mendProtocol(client, { abused: context.abused, logIn: (request) => this.#authenticate(request) });
    client.once('ready', () => this.#serve());
    client.once('error', (error: Error) => this.#handleError(error));
    client.on('error', () => {});
    client.once('close', () => this.#auditEnd());
  }

  #authenticate(request: LoginRequest): LoginAnswer {
    const { settings, from, log, visit, abused } = this.#context;
    if (this.#attempts.requested()) {
      abused('too many requests before the login');
      return 'disconnect';
    }
    const decision = decide(request, from.address, settings, log);
    switch (decision.kind) {
      case 'accept':
        this.#identity = decision.identity;
        return 'accept';
      case 'query':
        return 'query';
      case 'list-methods':
        return 'refuse';
      case 'refuse':
        visit.offend('authfail');
        return this.#attempts.refused(request.user, decision.reason) ? 'disconnect' : 'refuse';
    }
  }

  #serve(): void {
    const { settings, socket, software, logIn } = this.#context;
    if (!this.#identity) return void this.#client.end();
    const { fingerprint: name, about, permissions } = this.#identity;
    this.#audit = auditWith(this.#audit, { key: name });
    const audit = this.#audit;
    const reason = logIn(name);
    if (reason !== undefined) {
      this.#context.auditRefusal(`${reason} ${name}`, 'login', 'refused', {
        ...this.#context.from,
        key: name,
        reason,
      });
      return void this.#client.end();
    }
    this.#loggedIn = true;
    audit('login', 'allowed', about);
    const context = { ...settings, permissions, socket, software, audit };
    this.#client.on('session', (accept, reject) => {
      if (this.#sessions >= limits.sessions || !this.#reserveChannel()) return reject();
      this.#sessions++;
      const session = accept();
      new SessionServer(session, context);
      session.once('close', () => {
        this.#channels--;
        this.#sessions--;
      });
    });
    this.#serveForwards(permissions);
  }

  #serveForwards({ forwarding, connect, listen }: Permissions): void {
    const { socket } = this.#context;
    const audit = this.#audit;
    this.#client.on('tcpip', (accept, reject, info) => {
      const allowed = forwarding && mayConnect(connect, info.destIP, info.destPort);
      if (!allowed || !this.#reserveChannel()) {
        audit('forward', 'refused', { host: info.destIP, toPort: info.destPort });
        return reject();
      }
      const accepted = (): ReturnType<typeof accept> => {
        const channel = accept();
        channel.once('close', () => this.#channels--);
        return channel;
      };
      const rejected = (): void => {
        this.#channels--;
        reject();
      };
      forwardTo(accepted, rejected, info, socket, audit);
    });
    const forwards = new RemoteForwards(this.#client, socket, audit);
    this.#client.once('close', () => forwards.close());
    this.#client.on('request', (accept, reject, name, info) => {
      const { bindAddr, bindPort } = info as TcpipBindInfo;
      const refuse = (): void => reject?.();
      if (name === 'cancel-tcpip-forward' && forwards.cancel(bindAddr, bindPort)) accept?.();
      else if (name !== 'tcpip-forward') refuse();
      else if (forwarding && mayListen(listen, bindAddr, bindPort))
        forwards.open(bindAddr, bindPort, (port) => accept?.(port), refuse);
      else {
        audit('listen', 'refused', { listenPort: bindPort });
        refuse();
      }
    });
  }

  #reserveChannel(): boolean {
    if (this.#channels >= limits.channels) return false;
    this.#channels++;
    return true;
  }

  /** Logs errors only before the login; later ones come from the client's network. */
  #handleError(error: Error): void {
    const { from, auditRefusal } = this.#context;
    if (!this.#loggedIn)
      auditRefusal(`${reasonOf(error)} ${from.address}`, 'connection', 'failed', {
        ...from,
        reason: reasonOf(error),
      });
  }

  #auditEnd(): void {
    const { from, auditRefusal } = this.#context;
    if (this.#loggedIn) return void this.#audit('logout', 'allowed');
    const refused = this.#attempts.summary;
    if (refused)
      auditRefusal(`${from.address} ${refused.tried}`, 'login', 'refused', { ...refused, ...from });
  }
}
