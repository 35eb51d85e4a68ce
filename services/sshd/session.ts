import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { PseudoTtyInfo, ServerChannel, Session, WindowChangeInfo } from 'ssh2';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { TerminalProgram, WindowSize } from '../../lib/linux/terminal/pty.ts';
import type { LogFields } from '../../lib/log/fields.ts';
import { limits } from './arguments.ts';
import type { Audit } from './audit.ts';
import { type Environment, isAcceptedVariable, sessionEnvironment } from './environment.ts';
import type { Permissions } from './login/options.ts';
import { isInternalSftp } from './login/options.ts';
import { ChannelOutput } from './output.ts';
import { type RunningProgram, runOnPipes, runOnTerminal, type TerminalRequest } from './program.ts';
import { parseScp } from './scp/command.ts';
import { serveScp } from './scp/serve.ts';
import { serveSftp } from './sftp/serve.ts';

/** The values that a session takes from its connection. */
export interface SessionContext {
  readonly user: string;
  readonly home: string;
  readonly shell: string;
  readonly permissions: Permissions;
  readonly socket: Socket;
  /** The name of the client's program. */
  readonly software: string;
  readonly audit: Audit;
}

/** Those of RFC 4254 section 6.10 that sshd delivers: no STOP, and no realtime signals. */
const signals: ReadonlySet<string> = new Set([
  'ABRT',
  'ALRM',
  'FPE',
  'HUP',
  'ILL',
  'INT',
  'KILL',
  'PIPE',
  'QUIT',
  'SEGV',
  'TERM',
  'USR1',
  'USR2',
]);

/**
 * Serves one session channel: its settings (terminal, variables), then one program or sftp (RFC 4254 section
 * 6).
 */
export class SessionServer {
  readonly #session: Session;
  readonly #context: SessionContext;
  readonly #variables: Record<string, string> = {};
  #terminal: (TerminalRequest & { readonly name: string }) | undefined;
  #running: RunningProgram | undefined;

  constructor(session: Session, context: SessionContext) {
    this.#session = session;
    this.#context = context;
    session.on('env', (accept, reject, { key, val }: { key: string; val: string }) => {
      if (!isAcceptedVariable(key, val) || !this.#hasRoomFor(key)) return reject?.();
      this.#variables[key] = val;
      accept?.();
    });
    session.on('pty', (accept, reject, info) => (this.#requestTerminal(info) ? accept : reject)?.());
    session.on('window-change', (accept, _reject, info) => {
      this.#running?.resize(sizeOf(info));
      accept?.();
    });
    session.on('signal', (accept, reject, { name }) => {
      // A key with a command of its own may start that command and no more, as in sshd.
      if (this.#context.permissions.command !== undefined || !signals.has(name)) return reject?.();
      this.#running?.signal(`SIG${name}` as NodeJS.Signals);
      accept?.();
    });
    session.on('shell', (accept) => this.#start(accept(), undefined));
    session.on('exec', (accept, _reject, { command }) => this.#start(accept(), command));
    session.on('subsystem', (accept, reject, { name }) => {
      if (name !== 'sftp') return reject?.();
      if (this.#context.permissions.command !== undefined) this.#start(accept(), name);
      else this.#startSftp(accept());
    });
  }

  #startSftp(channel: ServerChannel | undefined): void {
    if (!channel) return;
    this.#context.audit('sftp', 'allowed');
    void serveSftp(this.#output(channel), this.#context);
  }

  /** scp's old protocol, unless the key has a command of its own. */
  #startScp(output: ChannelOutput, command: string | undefined): boolean {
    const { home, audit, permissions } = this.#context;
    const scp =
      command === undefined || permissions.command !== undefined ? undefined : parseScp(command, home);
    if (!scp) return false;
    audit('scp', 'allowed', { command });
    void serveScp(output, scp, audit);
    return true;
  }

  #hasRoomFor(name: string): boolean {
    return Object.hasOwn(this.#variables, name) || Object.keys(this.#variables).length < limits.variables;
  }

  #requestTerminal({ term, modes, ...size }: PseudoTtyInfo): boolean {
    if (!this.#context.permissions.terminal) return false;
    const name = /^[\w.+-]{1,64}$/.test(term) ? term : 'vt220';
    this.#terminal = { name, size: sizeOf(size), modes: { ...modes } };
    return true;
  }

  /** `channel` is undefined when the client has closed it before the request was handled. */
  #start(channel: ServerChannel | undefined, requestedCommand: string | undefined): void {
    if (!channel) return;
    if (isInternalSftp(this.#context.permissions.command)) return void this.#startSftp(channel);
    const output = this.#output(channel);
    if (this.#startScp(output, requestedCommand)) return;
    try {
      this.#running = this.#run(output, requestedCommand);
    } catch (error) {
      this.#context.audit('command', 'failed', { reason: reasonOf(error) });
      output.finish(127, null);
    }
  }

  #run(output: ChannelOutput, requestedCommand: string | undefined): RunningProgram {
    const { permissions, shell } = this.#context;
    const command = permissions.command ?? requestedCommand;
    const args = command === undefined ? ['-l'] : ['-c', command];
    const originalCommand = permissions.command === undefined ? undefined : requestedCommand;
    const terminal = this.#terminal;
    if (!terminal) {
      this.#auditProgram(command, { requestedCommand: originalCommand });
      return runOnPipes(output, this.#program(shell, args, { originalCommand }));
    }
    return runOnTerminal(output, terminal, (device) => {
      this.#auditProgram(command, { requestedCommand: originalCommand, terminal: device });
      return this.#program(shell, args, { originalCommand, device, term: terminal.name });
    });
  }

  /** Fields that are undefined are left out of the line. */
  #auditProgram(command: string | undefined, fields: LogFields): void {
    this.#context.audit(command === undefined ? 'shell' : 'command', 'allowed', { command, ...fields });
  }

  #program(file: string, args: readonly string[], more: Partial<Environment>): TerminalProgram {
    const { home, permissions } = this.#context;
    const ofKey = permissions.environment;
    const env = sessionEnvironment({ ...this.#context, ...more, ofKey, variables: this.#variables });
    return { file, args, env, cwd: existsSync(home) ? home : '/' };
  }

  #output(channel: ServerChannel): ChannelOutput {
    return new ChannelOutput(channel, this.#context.socket, this.#session);
  }
}

function sizeOf({ rows, cols, width, height }: WindowChangeInfo): WindowSize {
  return { rows, columns: cols, width, height };
}
