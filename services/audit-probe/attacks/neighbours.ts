import { closeSync, constants, openSync, readdirSync } from 'node:fs';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { childPids } from '../../../lib/linux/process/process.ts';
import { addressOf, rawCall } from '../../../lib/linux/process/raw-call.ts';
import { type Attacks, type Attempt, firstsOf, reaches } from '../attack.ts';
import { abstractSockets, connectTo } from '../sockets.ts';

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
  // The one with less rights first: what the attack on the other one says counts if it is refused.
  'control-socket': async () =>
    (await connectTo(guestPaths.operateSocket).catch(() => undefined)) ?? connectTo(guestPaths.controlSocket),
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

/**
 * The permission to attach, without attaching: an attached process would stop at its next signal, and two
 * probes that attach to each other would wait for ever. process_vm_readv(2) asks for the same permission; of
 * address 0 there is nothing to read.
 */
function trace(pid: number): Attempt {
  // struct iovec: u64 address, u64 length
  const [own, remote] = [Buffer.alloc(16), Buffer.alloc(16)];
  const byte = Buffer.alloc(1);
  own.writeBigUInt64LE(addressOf(byte), 0);
  for (const vector of [own, remote]) vector.writeBigUInt64LE(1n, 8);
  return reaches(`may attach to process ${pid}`, () =>
    rawCall('process_vm_readv', pid, own, 1, remote, 1, 0),
  );
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
