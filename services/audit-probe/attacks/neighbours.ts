import { closeSync, constants, openSync, readdirSync } from 'node:fs';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { childPids } from '../../../lib/linux/process/process.ts';
import { rawCall } from '../../../lib/linux/system/raw-call.ts';
import { type Attacks, type Attempt, firstsOf } from '../attack.ts';
import { abstractSockets, connectTo } from '../sockets.ts';

const PTRACE_SEIZE = 0x4206;

/** The other services and the machine's own programs: processes, files, logs, sockets. */
export const neighbours: Attacks = {
  'signal-others': () => firstsOf(otherPids(), (pid) => process.kill(pid, 0) && `could end process ${pid}`),
  'trace-others': () => firstsOf(otherPids(), trace),
  'read-others': () => firstsOf(otherPids(), openMemory),
  'machine-files': () =>
    firstsOf(
      [
        guestPaths.containers,
        guestPaths.layers,
        '/run/kit',
        '/run/containerd',
        '/var/lib/containerd',
        '/run/config',
      ],
      listed,
    ),
  'root-of-others': () => firstsOf(otherPids(), (pid) => listed(`/proc/${pid}/root${guestPaths.containers}`)),
  'machine-logs': () => firstsOf([guestPaths.logs, '/dev/kmsg', '/proc/kmsg'], opened),
  'control-socket': () => connectTo(guestPaths.controlSocket),
  'containerd-socket': () => connectTo(guestPaths.containerdSocket),
  'abstract-sockets': async () => {
    const reached = await Promise.all(
      abstractSockets().map((path) => connectTo(path).catch(() => undefined)),
    );
    return reached.filter((one) => one !== undefined).join(', ') || undefined;
  },
};

/** Processes that this one sees and did not start. */
function otherPids(): number[] {
  const own = new Set([process.pid, ...childPids()]);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => !own.has(pid));
}

/** Does not stop the process; the kernel lets go of it when this one ends (ptrace(2)). */
function trace(pid: number): Attempt {
  rawCall('ptrace', PTRACE_SEIZE, pid, 0, 0);
  return `traces process ${pid}`;
}

function openMemory(pid: number): Attempt {
  closeSync(openSync(`/proc/${pid}/mem`, constants.O_RDONLY));
  return `opened the memory of process ${pid}`;
}

const listed = (path: string): Attempt => (readdirSync(path).length > 0 ? `listed ${path}` : undefined);

function opened(path: string): Attempt {
  closeSync(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  return `opened ${path}`;
}
