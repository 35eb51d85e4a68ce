import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { credentials } from '@grpc/grpc-js';
import { kitRoot } from '../../build/host/paths.ts';
import { supervisorCommand } from '../../init/daemons/supervisor-command.ts';
import { defaultNamespace, type RuntimeConfig, type Supervision } from '../../lib/bundle/bundle.ts';
import {
  ControlClient,
  type DebugImage,
  type ExecOutput,
  type Incident,
  type IncidentsReply,
  type IncidentsRequest,
  type LogLine,
  type LogLines,
  type Service,
  type ServiceReply,
  type StatusReply,
  type StatusRequest,
  type Window,
} from '../../lib/control/generated/control.ts';
import type { ToInit, ToSupervisor } from '../../lib/control/init.ts';
import { keptLogs } from '../../lib/control/logs-request.ts';
import type { SupervisorPaths } from '../../services/supervisor/supervise.ts';
import { bundled } from '../support/bundled.ts';
import { testTools } from '../support/tools.ts';

export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export type ServiceCommand = 'startService' | 'stopService' | 'restartService';

interface ServiceBundle {
  /** The folder of bundles. */
  readonly containers?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

const supervision: Supervision = {
  restart: 'always',
  after: [],
  ready: null,
  stopSignal: 'SIGTERM',
  stopTimeoutMs: 2000,
  onFailure: 'continue',
  timeoutMs: 0,
  ociRuntime: 'crun',
};

/**
 * A guest without a virtual machine. Needs root. It has a real containerd with shims, crun and the
 * configuration of pkg/containerd, in a mount namespace where /usr is Debian 13's, /run and /var/lib are the
 * test's and cgroups are v2, and a real supervisor with the test as its PID 1.
 */
export class TestGuest {
  /**
   * Not below TMPDIR, whose path may be too long for the sockets in it and for containerd's shim addresses.
   */
  readonly dir = mkdtempSync('/tmp/kit-sv-');
  readonly paths: Omit<SupervisorPaths, 'copy'> = {
    containers: join(this.dir, 'containers'),
    logs: join(this.dir, 'log'),
    reports: join(this.dir, 'reports'),
    controlSocket: join(this.dir, 'kit/control.sock'),
    readSocket: join(this.dir, 'kit/read/control.sock'),
    operateSocket: join(this.dir, 'kit/operate/control.sock'),
    control: join(this.dir, 'control.json'),
    vsock: join(this.dir, 'vsock'),
    containerdSocket: join(this.dir, 'run/containerd/containerd.sock'),
    state: join(this.dir, 'kit/supervisor'),
    layers: join(this.dir, 'layers'),
    inventory: join(this.dir, 'image.json'),
    updates: join(this.dir, 'updates.json'),
    // It is started for disks only, and only after an hour.
    trim: join(this.dir, 'trim'),
    incidents: join(this.dir, 'kit/incidents'),
  };
  /** Messages of the supervisor to PID 1. */
  readonly messages: ToInit[] = [];
  /** What the supervisor wrote to the console. */
  console = '';
  #containerd: ChildProcess | undefined;
  #supervisor: ChildProcess | undefined;

  /**
   * Writes the bundle of a service that runs a busybox shell script.
   */
  service(
    name: string,
    script: string,
    kit: Partial<Supervision> = {},
    { containers = this.paths.containers, annotations = {} }: ServiceBundle = {},
  ): void {
    const dir = join(containers, 'services', name);
    for (const folder of ['proc', 'dev']) mkdirSync(join(dir, 'rootfs', folder), { recursive: true });
    this.#install(join(dir, 'rootfs/bin'));
    const runtime: RuntimeConfig = {
      cgroups: [],
      mounts: [],
      mkdir: [],
      interfaces: [],
      bindNS: { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' },
      namespace: defaultNamespace,
      kit: { ...supervision, ...kit },
    };
    writeFileSync(join(dir, 'runtime.json'), JSON.stringify(runtime));
    writeFileSync(
      join(dir, 'config.json'),
      JSON.stringify({ ...specOf(name, script, this.dir), annotations }),
    );
  }

  async start(): Promise<void> {
    // containerd sees these at /run and /var/lib.
    for (const folder of ['run', 'lib']) mkdirSync(join(this.dir, folder));
    const copy = await bundled('services/copy/main.ts');
    writeFileSync(join(this.dir, 'paths.json'), JSON.stringify({ ...this.paths, copy }));
    // Shared, so that containerd's mount namespace gets what the supervisor mounts here.
    spawnSync('mount', ['--bind', this.dir, this.dir]);
    spawnSync('mount', ['--make-shared', this.dir]);
    await this.startContainerd();
    await this.startSupervisor();
  }

  async startContainerd(): Promise<void> {
    const { dir } = await testTools();
    const config = join(kitRoot, 'pkg/containerd/files/etc/containerd/config.toml');
    const script = [
      'mount -t cgroup2 none /sys/fs/cgroup',
      // As init does: the OCI runtime gives standard streams to the container's user.
      'mount --bind /dev/null /dev/null && mount -o remount,bind,ro /dev/null',
      'mount --bind "$KIT_TEST/run" /run',
      'mount --bind "$KIT_TEST/lib" /var/lib',
      'mount --bind -o ro "$TOOLS/usr" /usr',
      'exec /usr/bin/containerd --config "$CONFIG" --log-level warn',
    ].join(' && ');
    const env = { PATH: '/usr/sbin:/usr/bin', KIT_TEST: this.dir, TOOLS: dir, CONFIG: config };
    const args = ['-m', '--propagation', 'slave', 'sh', '-c', script];
    const stdio = process.env.KIT_TEST_VERBOSE ? 'inherit' : 'ignore';
    this.#containerd = spawn('unshare', args, { env, stdio });
    await once(this.#containerd, 'spawn');
  }

  async killContainerd(): Promise<void> {
    if (this.#containerd) await killAndWait(this.#containerd);
  }

  signalContainerd(signal: NodeJS.Signals): void {
    this.#containerd?.kill(signal);
  }

  /** `message`: the first one that PID 1 sends to the supervisor. */
  async startSupervisor(message: ToSupervisor['kind'] = 'go'): Promise<void> {
    const main = await bundled('test/supervisor/supervise.ts');
    const [node = '', ...args] = [...supervisorCommand(main), join(this.dir, 'paths.json')];
    const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.on('message', (received: ToInit) => this.messages.push(received));
    const onOutput = (chunk: Buffer) => {
      this.console += chunk.toString();
    };
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    this.#supervisor = child;
    this.send({ kind: message });
  }

  async killSupervisor(): Promise<void> {
    if (this.#supervisor) await killAndWait(this.#supervisor);
  }

  get supervisorPid(): number {
    return this.#supervisor?.pid ?? 0;
  }

  send(message: ToSupervisor): void {
    this.#supervisor?.send(message);
  }

  /** Makes a call of the control protocol, with a client of its own. */
  async control<T>(call: (client: ControlClient) => Promise<T>): Promise<T> {
    const client = new ControlClient(`unix:${this.paths.controlSocket}`, credentials.createInsecure());
    try {
      return await call(client);
    } finally {
      client.close();
    }
  }

  status(): Promise<StatusReply> {
    return this.control((client) => {
      const request = promisify<StatusRequest, StatusReply>(client.status.bind(client));
      return request({ filesystems: true });
    });
  }

  async serviceNamed(name: string): Promise<Service | undefined> {
    const { services } = await this.status();
    return services.find((service) => service.name === name);
  }

  /** The pid of a running service. Throws otherwise: kill(0) would end the test itself. */
  async pidOf(name: string): Promise<number> {
    const pid = (await this.serviceNamed(name))?.pid;
    if (!pid) throw new Error(`service "${name}" does not run`);
    return pid;
  }

  /** Starts, stops or restarts a service. */
  command(kind: ServiceCommand, service: string): Promise<ServiceReply> {
    return this.control((client) => {
      const { promise, resolve, reject } = Promise.withResolvers<ServiceReply>();
      client[kind]({ service }, (error, reply) => (error ? reject(error) : resolve(reply)));
      return promise;
    });
  }

  /** The incidents of a service, or of all services for the empty name. */
  incidents(service: string): Promise<Incident[]> {
    return this.control(async (client) => {
      const request = promisify<IncidentsRequest, IncidentsReply>(client.incidents.bind(client));
      return (await request({ service })).incidents;
    });
  }

  /** Runs a program as `kit exec` does, with `input` on its standard input. */
  exec(
    service: string,
    command: string[],
    input = '',
    terminal?: Window,
    image?: DebugImage,
  ): Promise<ExecResult> {
    return this.control(async (client) => {
      const call = client.exec();
      call.write({ start: { service, command, terminal, term: 'xterm', image } });
      if (input !== '') call.write({ stdin: Buffer.from(input) });
      if (!terminal) call.write({ stdinEnd: true });
      const result = { stdout: '', stderr: '', status: -1 };
      for await (const { stdout, stderr, end } of call as AsyncIterable<ExecOutput>) {
        result.stdout += Buffer.from(stdout ?? []).toString();
        result.stderr += Buffer.from(stderr ?? []).toString();
        if (end) result.status = end.status;
      }
      return result;
    });
  }

  /** The kept lines of a log source. */
  logs(service: string, tail = 0): Promise<LogLine[]> {
    return this.control(async (client) => {
      const messages: LogLines[] = await Array.fromAsync(
        client.logs({ ...keptLogs, services: [service], tail }),
      );
      return messages.flatMap(({ lines }) => lines);
    });
  }

  /** Kills all processes of this guest, identified by its folder in their environment, and no others. */
  async end(): Promise<void> {
    await this.killSupervisor();
    await this.killContainerd();
    for (let round = 0; round < 20; round += 1) {
      const pids = this.#processes();
      if (pids.length === 0) break;
      for (const pid of pids) kill(pid);
      await pause(100);
    }
    removeCgroups(basename(this.dir));
    spawnSync('umount', ['-l', this.dir]);
    rmSync(this.dir, { recursive: true, force: true });
  }

  #processes(): number[] {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids
      .map(Number)
      .filter((pid) => readText(`/proc/${pid}/environ`).includes(`KIT_TEST=${this.dir}`));
  }

  #install(bin: string): void {
    mkdirSync(bin, { recursive: true });
    cpSync(join(this.dir, 'busybox'), join(bin, 'busybox'));
    for (const name of ['sh', 'sleep', 'echo', 'cat', 'kill', 'nc', 'stty', 'ps', 'grep', 'true', 'test'])
      symlinkSync('busybox', join(bin, name));
  }

  /** Makes a guest with busybox for its services. */
  static async make(): Promise<TestGuest> {
    const guest = new TestGuest();
    const { dir } = await testTools();
    cpSync(join(dir, 'usr/bin/busybox'), join(guest.dir, 'busybox'));
    return guest;
  }
}

function specOf(name: string, script: string, dir: string): object {
  return {
    ociVersion: '1.0.2',
    process: {
      user: { uid: 0, gid: 0 },
      args: script.startsWith('/') ? [script] : ['/bin/sh', '-c', script],
      env: ['PATH=/bin', `KIT_TEST=${dir}`],
      cwd: '/',
    },
    root: { path: 'rootfs' },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs' },
      {
        destination: '/dev/pts',
        type: 'devpts',
        source: 'devpts',
        options: ['newinstance', 'ptmxmode=0666'],
      },
    ],
    linux: {
      namespaces: [{ type: 'mount' }, { type: 'pid' }, { type: 'ipc' }],
      cgroupsPath: `/${basename(dir)}-${name}`,
    },
  };
}

async function killAndWait(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has exited already.
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has exited, or is a kernel thread.
    return '';
  }
}

/** crun leaves cgroups behind when it is killed. Where cgroup2 is mounted depends on the host. */
function removeCgroups(prefix: string): void {
  for (const root of ['/sys/fs/cgroup', '/sys/fs/cgroup/unified']) {
    const names = existsSync(root) ? readdirSync(root).filter((name) => name.startsWith(prefix)) : [];
    for (const name of names) rmdirSync(join(root, name));
  }
}
