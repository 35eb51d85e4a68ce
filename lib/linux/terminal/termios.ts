import { ioctl } from '../io/ioctl.ts';

/** include/uapi/asm-generic/ioctls.h; x86-64 and arm64 have the same numbers. */
const TCGETS = 0x5401;
const TCSETSW = 0x5403;

/**
 * Offsets of the flag words in struct termios (asm-generic/termbits.h, 36 bytes); c_cc follows c_line at 17.
 */
const words = { input: 0, output: 4, control: 8, local: 12 } as const;
const controlCharacters = 17;

type Word = keyof typeof words;

/** Flags by their termios(3) name. */
const flags = {
  IGNPAR: ['input', 0o4],
  PARMRK: ['input', 0o10],
  INPCK: ['input', 0o20],
  ISTRIP: ['input', 0o40],
  INLCR: ['input', 0o100],
  IGNCR: ['input', 0o200],
  ICRNL: ['input', 0o400],
  IUCLC: ['input', 0o1000],
  IXON: ['input', 0o2000],
  IXANY: ['input', 0o4000],
  IXOFF: ['input', 0o10000],
  IMAXBEL: ['input', 0o20000],
  IUTF8: ['input', 0o40000],
  OPOST: ['output', 0o1],
  OLCUC: ['output', 0o2],
  ONLCR: ['output', 0o4],
  OCRNL: ['output', 0o10],
  ONOCR: ['output', 0o20],
  ONLRET: ['output', 0o40],
  CREAD: ['control', 0o200],
  CLOCAL: ['control', 0o4000],
  ISIG: ['local', 0o1],
  ICANON: ['local', 0o2],
  XCASE: ['local', 0o4],
  ECHO: ['local', 0o10],
  ECHOE: ['local', 0o20],
  ECHOK: ['local', 0o40],
  ECHONL: ['local', 0o100],
  NOFLSH: ['local', 0o200],
  TOSTOP: ['local', 0o400],
  ECHOCTL: ['local', 0o1000],
  ECHOKE: ['local', 0o4000],
  IEXTEN: ['local', 0o100000],
} as const satisfies Record<string, readonly [Word, number]>;

/** Indexes of c_cc, by their termios(3) name. */
const characters = {
  VINTR: 0,
  VQUIT: 1,
  VERASE: 2,
  VKILL: 3,
  VEOF: 4,
  VSTART: 8,
  VSTOP: 9,
  VSUSP: 10,
  VEOL: 11,
  VREPRINT: 12,
  VDISCARD: 13,
  VWERASE: 14,
  VLNEXT: 15,
  VEOL2: 16,
} as const;

/** Terminal modes by termios(3) name: flags on or off, characters as bytes (0: none). Others: ignored. */
export type TerminalModes = Readonly<Record<string, number | boolean | undefined>>;

/** The modes of `stty sane`: line editing, echo, signals from keys, newline translation. */
export const saneModes: TerminalModes = {
  ...onOff(['CREAD', 'ICRNL', 'IXON', 'IUTF8', 'OPOST', 'ONLCR'], true),
  ...onOff(['ISIG', 'ICANON', 'IEXTEN', 'ECHO', 'ECHOE', 'ECHOK', 'ECHOCTL', 'ECHOKE'], true),
  ...onOff(['IGNCR', 'INLCR', 'ISTRIP', 'IXOFF', 'IUCLC', 'OCRNL', 'ONOCR', 'ONLRET', 'OLCUC'], false),
  ...onOff(['XCASE', 'ECHONL', 'NOFLSH', 'TOSTOP'], false),
  ...{ VINTR: 3, VQUIT: 28, VERASE: 127, VKILL: 21, VEOF: 4, VSTART: 17, VSTOP: 19, VSUSP: 26 },
  ...{ VEOL: 0, VREPRINT: 18, VDISCARD: 15, VWERASE: 23, VLNEXT: 22, VEOL2: 0 },
};

/** Changes the named modes of a terminal (either end of a PTY), once pending output is written. */
export function setTerminalModes(fd: number, modes: TerminalModes): void {
  const termios = Buffer.alloc(36);
  ioctl('TCGETS', fd, TCGETS, termios);
  applyModes(termios, modes);
  ioctl('TCSETSW', fd, TCSETSW, termios);
}

/** Writes `modes` into a struct termios. */
export function applyModes(termios: Buffer, modes: TerminalModes): void {
  for (const [name, value] of Object.entries(modes)) {
    if (value === undefined) continue;
    if (isKey(flags, name)) setFlag(termios, flags[name], Boolean(value));
    else if (isKey(characters, name)) setCharacter(termios, characters[name], Number(value));
  }
}

function setFlag(termios: Buffer, [word, bit]: readonly [Word, number], on: boolean): void {
  const old = termios.readUInt32LE(words[word]);
  termios.writeUInt32LE((on ? old | bit : old & ~bit) >>> 0, words[word]);
}

/** "None" is 255 in the SSH protocol (RFC 4254 section 8) and 0 in Linux (_POSIX_VDISABLE). */
function setCharacter(termios: Buffer, index: number, value: number): void {
  termios[controlCharacters + index] = value === 255 ? 0 : value;
}

function isKey<T extends object>(table: T, name: string): name is Extract<keyof T, string> {
  return Object.hasOwn(table, name);
}

function onOff(names: readonly (keyof typeof flags)[], on: boolean): Record<string, boolean> {
  return Object.fromEntries(names.map((name) => [name, on]));
}
