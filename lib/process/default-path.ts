/**
 * Where programs are looked for when nobody says: Docker's default, which containerd and podman have, too.
 */
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The environment, with a PATH at the end if it has none. @param env `NAME=value` */
export const withPath = (env: readonly string[]): readonly string[] =>
  env.some((pair) => pair.startsWith('PATH=')) ? env : [...env, `PATH=${defaultPath}`];
