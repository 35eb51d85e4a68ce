import { posix } from 'node:path';
import type { Arch } from '../../host/arch.ts';
import type { ContainerFiles, FoundFile } from './container-files.ts';

/** Where crun and runc look without PATH. */
const defaultSearchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What execve(2) is given. */
export interface ProgramCall {
  readonly program: string;
  readonly cwd: string;
  readonly env: readonly string[];
  readonly arch: Arch;
  /** Programs of other formats may be registered with the kernel (binfmt_misc). */
  readonly anyFormat?: boolean;
}

/**
 * Why the kernel would not execute a program, as the end of a sentence that begins with its name; undefined
 * for one that it would, and where files of the machine decide.
 */
export function whyNotExecuted(
  { program, env, ...call }: ProgramCall,
  files: ContainerFiles,
): string | undefined {
  const place = { ...call, files };
  const { cwd } = call;
  if (program.includes('/')) return whyNot(posix.resolve(cwd, program), place);
  const search = env.find((pair) => pair.startsWith('PATH='))?.slice('PATH='.length) || defaultSearchPath;
  const found = search.split(':').map((folder) => {
    const path = posix.resolve(cwd, folder, program);
    return { path, file: files.at(path) };
  });
  if (found.some(({ file }) => file === 'unknown')) return undefined;
  const first =
    found.find(({ file }) => typeof file === 'object' && isExecutable(file)) ??
    found.find(({ file }) => file);
  return first ? whyNot(first.path, place) : `is in no folder of PATH, ${search}`;
}

interface Place extends Omit<ProgramCall, 'program' | 'env'> {
  readonly files: ContainerFiles;
}

const isExecutable = ({ type, mode }: FoundFile): boolean => type === 'file' && (mode & 0o111) !== 0;

/** BINPRM_BUF_SIZE of uapi/linux/binfmts.h: the kernel reads as much of a first line. */
const lineBytes = 256;

/** @param depth of scripts whose interpreters are scripts: the kernel allows five */
function whyNot(path: string, place: Place, depth = 0): string | undefined {
  const file = place.files.at(path);
  if (file === 'unknown' || depth > 4) return undefined;
  if (file === undefined) return 'does not exist';
  if (file.type !== 'file') return `is a ${file.type === 'directory' ? 'folder' : 'special file'}`;
  if (!isExecutable(file)) return `is not executable: its mode is ${file.mode.toString(8).padStart(4, '0')}`;
  const head = file.head();
  if (head.subarray(0, 4).equals(elfMark)) return ofElf(head, place, depth);
  if (place.anyFormat && head.subarray(0, 2).toString() !== '#!') return undefined;
  if (head.subarray(0, 2).toString() !== '#!')
    return 'is neither an ELF program nor a script that begins with "#!"';
  return ofScript(head.subarray(2, lineBytes).toString('latin1').split('\n')[0] ?? '', place, depth);
}

function ofScript(line: string, place: Place, depth: number): string | undefined {
  if (line.endsWith('\r'))
    return `has a first line that ends in CR LF: the kernel takes the CR for part of "#!${line.trimEnd()}"`;
  const [interpreter = ''] = line.trim().split(/[ \t]/);
  if (interpreter === '') return 'names no interpreter after "#!"';
  const why = whyNot(posix.resolve(place.cwd, interpreter), place, depth + 1);
  return why && `needs the interpreter "${interpreter}", which ${why}`;
}

const elfMark = Buffer.from('\x7fELF', 'latin1');

/** e_machine of elf.h: those that a kernel of this architecture executes, 32-bit programs among them. */
const machines: Readonly<Record<Arch, readonly number[]>> = { amd64: [62, 3], arm64: [183, 40] };
const names: Readonly<Record<number, string>> = {
  ...{ 3: '386', 8: 'mips', 20: 'ppc', 21: 'ppc64', 22: 's390x', 40: 'arm', 62: 'amd64', 183: 'arm64' },
  ...{ 243: 'riscv64', 258: 'loong64' },
};
const PT_INTERP = 3;

function ofElf(head: Buffer, place: Place, depth: number): string | undefined {
  const [is64, isLittle] = [head[4] === 2, head[5] === 1];
  const machine = head.length >= 20 ? (isLittle ? head.readUInt16LE(18) : head.readUInt16BE(18)) : 0;
  if (!machines[place.arch].includes(machine) || !isLittle) {
    if (place.anyFormat) return undefined;
    return `is a program for ${names[machine] ?? `machine ${machine} of ELF`}, and the machine is ${place.arch}`;
  }
  const interpreter = interpreterOf(head, is64);
  if (interpreter === undefined) return undefined;
  const why = whyNot(posix.resolve(place.cwd, interpreter), place, depth + 1);
  return why && `needs the dynamic loader "${interpreter}", which ${why}`;
}

/** The path in PT_INTERP (elf(5)); undefined without one, and if it lies further back in the file. */
function interpreterOf(head: Buffer, is64: boolean): string | undefined {
  const header = is64
    ? { at: 32, size: 54, count: 56, least: 64 }
    : { at: 28, size: 42, count: 44, least: 52 };
  if (head.length < header.least) return undefined;
  const offsetAt = (at: number): number => (is64 ? Number(head.readBigUInt64LE(at)) : head.readUInt32LE(at));
  const [first, size, count] = [
    offsetAt(header.at),
    head.readUInt16LE(header.size),
    head.readUInt16LE(header.count),
  ];
  for (let index = 0; index < count; index += 1) {
    const at = first + index * size;
    if (at + (is64 ? 40 : 20) > head.length) return undefined;
    if (head.readUInt32LE(at) !== PT_INTERP) continue;
    const [offset, bytes] = is64
      ? [offsetAt(at + 8), offsetAt(at + 32)]
      : [offsetAt(at + 4), offsetAt(at + 16)];
    if (offset + bytes > head.length) return undefined;
    return head
      .subarray(offset, offset + bytes)
      .toString('latin1')
      .replace(/\0.*$/s, '');
  }
  return undefined;
}
