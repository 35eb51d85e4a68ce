import type { Socket } from 'node:net';
import { shellEnvironment, shellPrompt } from '../../lib/linux/terminal/shell-environment.ts';

export interface Environment {
  readonly user: string;
  readonly home: string;
  readonly shell: string;
  readonly socket: Socket;
  /** Variables set by the client that passed `isAcceptedVariable`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variables of the key's own options. */
  readonly ofKey: Readonly<Record<string, string>>;
  /** The client's command, when the key's `command` option replaced it. */
  readonly originalCommand: string | undefined;
  /** Device and type of the terminal, if there is one. */
  readonly device: string;
  readonly term: string;
}

/**
 * Whether a client may set this variable: language and colours, but nothing that changes what a program
 * loads.
 */
export function isAcceptedVariable(name: string, value: string): boolean {
  return (
    /^(LANG|LANGUAGE|LC_[A-Z]{1,32}|COLORTERM|NO_COLOR)$/.test(name) &&
    value.length <= 256 &&
    !value.includes('\0')
  );
}

/** The complete environment of a session's program, without this server's own. */
export function sessionEnvironment(
  options: Partial<Environment> & Pick<Environment, 'user' | 'home' | 'shell' | 'socket'>,
) {
  const { user, home, shell, socket, variables, ofKey, originalCommand, device, term } = options;
  const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = socket;
  const env: Record<string, string> = {
    ...variables,
    ...shellEnvironment(user, home, shell),
    ...ofKey,
    SSH_CLIENT: `${remoteAddress} ${remotePort} ${localPort}`,
    SSH_CONNECTION: `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`,
  };
  if (originalCommand !== undefined) env.SSH_ORIGINAL_COMMAND = originalCommand;
  if (device !== undefined) Object.assign(env, { SSH_TTY: device, TERM: term ?? 'vt220', PS1: shellPrompt });
  return env;
}
