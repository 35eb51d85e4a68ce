import type { ExecRequest } from '../exec/execution.ts';
import { ownScore } from '../service/spec.ts';

/** What a container of tools is made of. */
export interface Tools {
  /** Its root file system; absolute. */
  readonly root: string;
  readonly cgroup: string;
  /** Whose namespaces it enters; as the machine numbers it. */
  readonly pid: number;
  /** NAME=value, of the image. */
  readonly env: readonly string[];
  /** The machine's resolv.conf, if there is one. */
  readonly resolvConf: string | undefined;
}

/**
 * What a debugger needs: to attach to processes of any user and read their files (SYS_PTRACE, DAC_*), to see and change the
 * network (NET_*), to end processes, and to change user or root. None that reaches past the service: no SYS_ADMIN, no
 * modules, no devices.
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

const standard = ['nosuid', 'noexec', 'nodev'];

/**
 * The OCI runtime spec of a container whose processes, network, IPC and host name are a service's, and whose files are its
 * own. It is accounted for beside the service, whose limits stay its own.
 */
export function toolsSpec({ root, cgroup, pid, env, resolvConf }: Tools, request: ExecRequest): object {
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
      env: [...withoutTerm(env), 'HOME=/root', ...(term ? [`TERM=${term}`] : [])],
      cwd: '/',
      terminal: terminal !== undefined,
      ...(terminal && { consoleSize: { height: terminal.rows, width: terminal.columns } }),
      capabilities: Object.fromEntries(sets),
      // As a service's: from the shim it would have that it comes last of all for want of memory.
      oomScoreAdj: ownScore(),
    },
    root: { path: root },
    mounts: [
      mount('/proc', 'proc', ...standard),
      mount('/dev', 'tmpfs', 'nosuid', 'mode=755', 'size=64k'),
      mount('/dev/pts', 'devpts', 'nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'),
      mount('/dev/shm', 'tmpfs', ...standard, 'mode=1777'),
      mount('/sys', 'sysfs', ...standard, 'ro'),
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

const withoutTerm = (env: readonly string[]): string[] => env.filter((pair) => !/^(?:TERM|HOME)=/.test(pair));
