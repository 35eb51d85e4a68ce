/**
 * Output of a console for a terminal that shows it again, later: what it displays, without what would make
 * the terminal answer or change more than its screen. A question to the terminal, harmless when the program
 * asked it, would have its answer typed into whatever reads the console now.
 */
export function screenReplay(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('utf8').replace(sequence, kept));
}

/** Control sequences of ECMA-48 and xterm (ctlseqs), introduced by 7 or 8 bits, and single controls. */
const sequence = new RegExp(
  [
    // DCS, SOS, OSC, PM and APC: to BEL or ST; one without an end takes all that follows.
    /(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|(?=\x1b)|$)/,
    // CSI: parameters, intermediate characters, a final one.
    /(?:\x1b\[|\x9b)(?<parameters>[0-?]*)(?<intermediates>[ -/]*)(?<final>[@-~]?)/,
    // Other escape sequences.
    /\x1b(?<middle>[ -/]*)(?<end>[0-~]?)/,
    // C0 besides backspace, tab, newline and carriage return; DEL and C1; marks of another writing direction.
    /[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** Finals of CSI sequences that only move the cursor, erase, insert, delete, scroll or colour. */
const harmlessFinals = /^[A-HJ-MPSTXZ@`adefm]$/;

function kept(all: string, ...rest: unknown[]): string {
  const {
    parameters = '',
    intermediates,
    final,
    end,
    middle,
  } = rest.at(-1) as Readonly<Record<string, string | undefined>>;
  if (final !== undefined) {
    // With an introducer of 8 bits, which programs for UTF-8 terminals do not send.
    if (all.startsWith('\x9b')) return '';
    const isPlain = intermediates === '' && /^[\d;:]*$/.test(parameters) && harmlessFinals.test(final);
    const isCursor = /^\?25$/.test(parameters) && /^[hl]$/.test(final);
    return isPlain || isCursor ? all : '';
  }
  // Save and restore the cursor; index, next line, reverse index.
  return middle === '' && end !== undefined && /^[78DEM]$/.test(end) ? all : '';
}
