/** The environment of a login shell, as login(1) sets it. */
export function shellEnvironment(user: string, home: string, shell: string): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
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
