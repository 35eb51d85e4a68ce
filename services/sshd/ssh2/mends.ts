import type { Connection } from 'ssh2';
import type { LoginRequest } from '../login/decide.ts';
import { sendExtensions } from './ext-info.ts';
import { guardProtocol } from './guards.ts';
import { takeGuesses } from './kex-guess.ts';
import { handlePayloads, type PayloadHandler } from './payloads.ts';
import { PING, pingHandler } from './ping.ts';
import { answerRunning } from './running-requests.ts';
import { terminalHandler } from './terminal-request.ts';
import { type LoginAnswer, loginHandler } from './userauth.ts';

/** Numbers of messages, RFC 4250 section 4.1.2. */
const USERAUTH_REQUEST = 50;
const CHANNEL_REQUEST = 98;

export interface ProtocolOptions {
  /** Called when a client breaks a rule, and with which: its connection must be destroyed. */
  readonly abused: (reason: string) => void;
  /** Answers a request to log in. */
  readonly logIn: (request: LoginRequest) => LoginAnswer;
}

/**
 * Corrects what ssh2 1.17's server gets wrong; each file says what. Call it before the first key exchange.
 */
export function mendProtocol(client: Connection, { abused, logIn }: ProtocolOptions): void {
  // Before the guards, which check what reaches it.
  answerRunning(client);
  guardProtocol(client, abused);
  takeGuesses(client);
  sendExtensions(client);
  handlePayloads(
    client,
    new Map<number, PayloadHandler>([
      [USERAUTH_REQUEST, loginHandler(client, logIn)],
      [CHANNEL_REQUEST, terminalHandler(client)],
      [PING, pingHandler(client)],
    ]),
  );
}
