/** A word of the kernel's command line. */
export interface KernelWord {
  /** As it is written, with its quotes. */
  readonly text: string;
  /** With `_` for each `-`: to the kernel they are the same. */
  readonly name: string;
  /** Without quotes; undefined without `=`. */
  readonly value: string | undefined;
}

/** The kernel's isspace, in which a non-breaking space of Latin-1 counts (lib/ctype.c). */
const space = /[ \t\n\v\f\r\xa0]/;

/**
 * The words of a command line as the kernel reads them (next_arg of lib/cmdline.c): a double quote anywhere
 * keeps spaces together until the next one. Words after `--` are init's, and are left out.
 */
export function kernelWords(commandLine: string): KernelWord[] {
  // The kernel reads bytes: the last byte of some letters in UTF-8 is a space to it.
  const line = Buffer.from(commandLine).toString('latin1');
  const words: KernelWord[] = [];
  for (let at = 0; at < line.length; ) {
    if (space.test(line.charAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    for (let quoted = false; at < line.length && (quoted || !space.test(line.charAt(at))); at += 1)
      if (line.charAt(at) === '"') quoted = !quoted;
    const word = wordOf(line.slice(start, at));
    if (word.text === '--') break;
    words.push(word);
  }
  return words;
}

function wordOf(bytes: string): KernelWord {
  const whole = bytes.startsWith('"') ? bytes.slice(1).replace(/"$/, '') : bytes;
  // As in the kernel, an "=" at the very start separates nothing.
  const equals = whole.indexOf('=', 1);
  const value = equals === -1 ? undefined : whole.slice(equals + 1);
  return {
    text: Buffer.from(bytes, 'latin1').toString(),
    name: (equals === -1 ? whole : whole.slice(0, equals)).replaceAll('-', '_'),
    value: value?.startsWith('"') ? value.slice(1).replace(/"$/, '') : value,
  };
}
