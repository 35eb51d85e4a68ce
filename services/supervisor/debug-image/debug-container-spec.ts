import type { ExecRequest } from '../exec/execution.ts';
import { readOwnOomScore } from '../service/service-spec.ts';

export interface DebugContainerOptions {
  /** Path of its root file system; absolute. */
  readonly root: string;
  /** Path below the root of the hierarchy. */
  readonly cgroup: string;
  /** The process whose namespaces it enters, in the supervisor's PID namespace. */
  readonly pid: number;
  /** The image's: NAME=value. */
  readonly env: readonly string[];
  /** Path of the machine's resolv.conf, if there is one. */
  readonly resolvConf: string | undefined;
}

/**
 * For debuggers: to trace processes of any user and read their files (SYS_PTRACE, DAC_*), to configure and
 * capture the network (NET_*), to end processes, and to change user or root. Not SYS_ADMIN, SYS_MODULE or
 * MKNOD, which would reach beyond the service.
 */
const capabilities = [
  ...[
    'CHOWN',
    'DAC_OVERRIDE',
    'DAC_READ_SEARCH',
    'FOWNER',
    'KILL',
    'NET_ADMIN',
    'NET_BIND_SERVICE',
    'NET_RAW',
  ],
  ...['SETGID', 'SETUID', 'SYS_CHROOT', 'SYS_PTRACE'],
].map((name) => `CAP_${name}`);

const restricted = ['nosuid', 'noexec', 'nodev'];

/**
 * The OCI runtime spec of a container in the PID, network, IPC and UTS namespaces of a process, with files of
 * its own. Its cgroup is not the service's, so that it does not use up the service's limits.
 */
export function debugContainerSpec(
  { root, cgroup, pid, env, resolvConf }: DebugContainerOptions,
  request: ExecRequest,
): object {
  const { command, terminal, term } = request;
  const namespace = (type: string, file: string) => ({ type, path: `/proc/${pid}/ns/${file}` });
  const mount = (destination: string, type: string, ...options: string[]) => ({
    ...{ destination, type, source: type, options },
  });
  const sets = ['bounding', 'effective', 'permitted'].map((set) => [set, capabilities] as const);
  return {
    ociVersion: '1.2.1',
    process: {
      user: { uid: 0, gid: 0 },
      args: command,
      env: [...withoutTermAndHome(env), 'HOME=/root', ...(term ? [`TERM=${term}`] : [])],
      cwd: '/',
      terminal: terminal !== undefined,
      ...(terminal && { consoleSize: { height: terminal.rows, width: terminal.columns } }),
      capabilities: Object.fromEntries(sets),
      // Otherwise the shim's -998 is inherited, and the program is killed last.
      oomScoreAdj: readOwnOomScore(),
    },
    root: { path: root },
    mounts: [
      mount('/proc', 'proc', ...restricted),
      mount('/dev', 'tmpfs', 'nosuid', 'mode=755', 'size=64k'),
      mount('/dev/pts', 'devpts', 'nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'),
      mount('/dev/shm', 'tmpfs', ...restricted, 'mode=1777'),
      mount('/sys', 'sysfs', ...restricted, 'ro'),
      ...(resolvConf ? [{ ...mount('/etc/resolv.conf', 'bind', 'bind', 'ro'), source: resolvConf }] : []),
    ],
    linux: {
      cgroupsPath: cgroup,
      namespaces: [
        ...[
          namespace('pid', 'pid'),
          namespace('network', 'net'),
          namespace('ipc', 'ipc'),
          namespace('uts', 'uts'),
        ],
        ...[{ type: 'mount' }, { type: 'cgroup' }],
      ],
    },
  };
}

const withoutTermAndHome = (env: readonly string[]): string[] =>
  env.filter((pair) => !/^(?:TERM|HOME)=/.test(pair));
