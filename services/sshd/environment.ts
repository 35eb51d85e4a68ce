import type { Socket } from 'node:net';

export interface Environment {
  readonly user: string;
  readonly home: string;
  readonly shell: string;
  readonly socket: Socket;
  /** What the client set, already checked. */
  readonly variables: Readonly<Record<string, string>>;
  /** The command that was asked for where the key allows another one only. */
  readonly original: string | undefined;
  /** The terminal's device and type, if there is one. */
  readonly device: string;
  readonly term: string;
}

/** Whether a client may set this variable: language and colours, nothing that changes what a program loads. */
export function acceptedVariable(name: string, value: string): boolean {
  return (
    /^(LANG|LANGUAGE|LC_[A-Z]+|COLORTERM|NO_COLOR)$/.test(name) &&
    value.length <= 256 &&
    !value.includes('\0')
  );
}

/** The whole environment of a session's program; nothing of this server's own. */
export function environment(
  from: Partial<Environment> & Pick<Environment, 'user' | 'home' | 'shell' | 'socket'>,
) {
  const { user, home, shell, socket, variables, original, device, term } = from;
  const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = socket;
  const env: Record<string, string> = {
    ...variables,
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: home,
    USER: user,
    LOGNAME: user,
    SHELL: shell,
    SSH_CLIENT: `${remoteAddress} ${remotePort} ${localPort}`,
    SSH_CONNECTION: `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`,
  };
  if (original !== undefined) env.SSH_ORIGINAL_COMMAND = original;
  // busybox's sh fills in \h and \w; PS1 from here, since a read-only root has no profile to edit.
  if (device !== undefined)
    Object.assign(env, { SSH_TTY: device, TERM: term ?? 'vt220', PS1: '\\h:\\w\\$ ' });
  return env;
}
