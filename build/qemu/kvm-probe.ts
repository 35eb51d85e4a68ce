import { accessSync, constants } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';
import { inScratch } from '../cache/scratch.ts';
import { writeJson } from '../cache/write.ts';
import { hostArch } from '../host/arch.ts';
import { type ToolCommand, toolCommand } from '../tools/command.ts';
import type { Tools } from '../tools/tree.ts';
import type { Work } from '../work.ts';
import { probePorts, probeRom } from './probe-rom.ts';

/** Where KVM works the probe takes 20 ms; the rest is for a busy host that reads QEMU from a cold disk. */
const probeMs = 4000;

/**
 * Whether KVM runs a guest here. On some hosts /dev/kvm can be opened and even creates a machine, but guests
 * do not run, so this runs one. The result is cached until the host reboots or QEMU changes.
 */
export async function kvmWorks(tools: Tools, work: Work): Promise<boolean> {
  if (!mayUseKvm()) return false;
  // The probe's guest is x86 code. Elsewhere QemuInstance's watchdog on the first output decides.
  if (hostArch !== 'amd64') return true;
  const file = join(work.cache.dir, 'derived', 'kvm-probe.json');
  const key = `${await bootId()} ${tools.hash}`;
  const known = await readCached(file);
  if (known?.key === key) return known.works;
  const works = await work.progress.task('Try KVM', () => probe(tools, 'kvm', work));
  makeFolder(join(work.cache.dir, 'derived'));
  await writeJson(file, { key, works } satisfies CachedResult);
  return works;
}

interface CachedResult {
  readonly key: string;
  readonly works: boolean;
}

function mayUseKvm(): boolean {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

async function readCached(file: string): Promise<CachedResult | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CachedResult;
  } catch {
    // No file yet, or an unreadable one: probe again.
    return undefined;
  }
}

/** Runs the probe's guest; exported for its test, which runs it under TCG, where it must work. */
export async function probe(
  tools: Tools,
  accel: 'kvm' | 'tcg',
  work: Work,
  limitMs = probeMs,
): Promise<boolean> {
  const found = await inScratch(work.cache.dir, async (folder) => {
    const rom = join(folder, 'rom');
    await writeFile(rom, probeRom());
    const command = toolCommand(tools, 'qemu-system-x86_64', probeArguments(accel, rom));
    return prints(command, 'K', AbortSignal.any([work.signal, AbortSignal.timeout(limitMs)]));
  });
  work.signal.throwIfAborted();
  return found;
}

function probeArguments(accel: string, rom: string): string[] {
  return [
    ...[
      '-nodefaults',
      '-no-user-config',
      '-display',
      'none',
      '-machine',
      'q35',
      '-accel',
      accel,
      '-m',
      '16M',
    ],
    ...['-bios', rom, '-debugcon', 'stdio'],
    ...['-device', `isa-debug-exit,iobase=${probePorts.exit},iosize=1`],
  ];
}

/**
 * Whether the program prints that text before the signal aborts, which kills it. @throws when it does not
 * start
 */
function prints({ file, args, env }: ToolCommand, text: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawnProgram(file, args, {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      signal,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.on('data', (bytes) => {
      output += bytes;
    });
    child.on('error', (thrown) => {
      // An abort is reported as an error too, and followed by 'close'.
      if (!signal.aborted) reject(thrown);
    });
    child.once('close', () => resolve(output.includes(text)));
  });
}
