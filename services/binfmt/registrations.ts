import { KitError } from '../../lib/errors/errors.ts';

/** A line of binfmt.d(5), as the kernel takes it. */
export interface Registration {
  readonly name: string;
  /** In which programs the kernel runs what matches: `/usr/bin/qemu-aarch64` */
  readonly interpreter: string;
  /** The kernel opens the interpreter at once, and keeps it (flag F); else by its path, at each run. */
  readonly opensAtOnce: boolean;
  /** The whole line, of bytes. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

export interface Registrations {
  readonly all: readonly Registration[];
  /** One for each line that the kernel would refuse, with its place. */
  readonly problems: readonly KitError[];
}

/** fs/binfmt_misc.c: MAX_REGISTER_LENGTH; include/uapi/linux/binfmts.h: BINPRM_BUF_SIZE */
const most = { lineBytes: 1920, magicBytes: 256 } as const;

/**
 * Reads the lines of a file: `:name:type:offset:magic:mask:interpreter:flags`, with any sign in place of the
 * colon (Documentation/admin-guide/binfmt-misc.rst). @param text of latin1: a magic may have any byte
 */
export function parseRegistrations(text: string, file: string): Registrations {
  const all: Registration[] = [];
  const problems: KitError[] = [];
  for (const [at, whole] of text.split('\n').entries()) {
    const words = whole.replace(/\r$/, '');
    if (/^\s*(?:[#;]|$)/.test(words)) continue;
    const line = at + 1;
    const result = parseLine(words);
    if (typeof result !== 'string') all.push({ ...result, text: words, line });
    else
      problems.push(
        new KitError(`Cannot register the interpreter: ${result}`, {
          place: { file, line, column: 1, text: whole },
          hint: 'a line is :NAME:M:OFFSET:MAGIC:MASK:INTERPRETER:FLAGS, or :NAME:E::EXTENSION::INTERPRETER:FLAGS',
        }),
      );
  }
  return { all, problems };
}

/** What is wrong, if something is. */
function parseLine(text: string): Omit<Registration, 'text' | 'line'> | string {
  const [sign = '', ...rest] = text;
  // Letters and digits are parts of escapes.
  if (/[\w\\\s]/.test(sign)) return `"${sign}", its first sign, cannot separate fields`;
  if (text.length > most.lineBytes) return `it has ${text.length} bytes, the kernel takes ${most.lineBytes}`;
  const fields = rest.join('').split(sign);
  const [name = '', type = '', offset = '', magic = '', mask = '', interpreter = '', flags = ''] = fields;
  // The kernel takes no sign after the flags either.
  if (fields.length < 6 || fields.length > 7) return `it has ${fields.length} of 7 fields`;
  if (!/^[^/\0-\x20\x7f-\xff]+$/.test(name) || ['.', '..', 'register', 'status'].includes(name))
    return `${JSON.stringify(name)} cannot be its name`;
  if (!/^\/[^\0-\x20\x7f-\xff]*$/.test(interpreter)) return 'its interpreter is no absolute path';
  if (!/^[POCF]*$/.test(flags)) return `${JSON.stringify(flags)} are not flags of P, O, C and F`;
  const wrong = type === 'M' ? wrongMagic(offset, magic, mask) : wrongExtension(type, magic);
  return wrong ?? { name, interpreter, opensAtOnce: flags.includes('F') };
}

function wrongMagic(offset: string, magic: string, mask: string): string | undefined {
  if (!/^\d{0,3}$/.test(offset)) return `${JSON.stringify(offset)} is no offset`;
  const [bytes, maskBytes] = [byteCount(magic), byteCount(mask)];
  if (bytes === undefined || maskBytes === undefined) return 'a byte after \\x is not two hexadecimal digits';
  if (bytes === 0) return 'it has no magic';
  if (mask !== '' && maskBytes !== bytes) return `its mask has ${maskBytes} bytes, its magic ${bytes}`;
  if (Number(offset) + bytes > most.magicBytes)
    return `its magic ends after byte ${most.magicBytes}, where the kernel does not look`;
  return undefined;
}

function wrongExtension(type: string, extension: string): string | undefined {
  if (type !== 'E') return `${JSON.stringify(type)} is no type: M is for a magic, E for an extension`;
  return extension === '' || /[/\0]/.test(extension) ? 'it has no extension' : undefined;
}

/** Of a text with `\x7f` for bytes. */
function byteCount(text: string): number | undefined {
  const plain = text.replace(/\\x[\da-f]{2}/gi, '.');
  return plain.includes('\\x') ? undefined : plain.length;
}
