import { defaultPath } from '../../process/default-path.ts';

/** The environment of a login shell, as login(1) sets it. */
export function shellEnvironment(user: string, home: string, shell: string): Record<string, string> {
  return {
    PATH: defaultPath,
    HOME: home,
    USER: user,
    LOGNAME: user,
    SHELL: shell,
  };
}

/**
 * PS1 for busybox's sh, which expands \h and \w. Set by programs, since a read-only root has no profile to
 * edit.
 */
export const shellPrompt = '\\h:\\w\\$ ';
