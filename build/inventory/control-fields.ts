/**
 * The paragraphs of a file in Debian's control format (deb-control(5), Debian Policy 5.1), by lower-case
 * names of fields. Lines that are no fields are passed over. @param most paragraphs that are read
 */
export function* controlParagraphs(text: string, most = 100_000): Generator<ReadonlyMap<string, string>> {
  let fields = new Map<string, string>();
  let last = '';
  let count = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      if (fields.size > 0) yield fields;
      if (fields.size > 0 && ++count >= most) return;
      fields = new Map();
      continue;
    }
    const [, name, value] = /^([A-Za-z0-9][\w-]*):[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      last = name.toLowerCase();
      fields.set(last, (value ?? '').trim());
    } else if (/^[ \t]/.test(line)) fields.set(last, `${fields.get(last) ?? ''}\n${line.trim()}`);
  }
  if (fields.size > 0) yield fields;
}

/** `Source: glibc (2.41-12)`, with the version of the package itself where it names none. */
export function sourceOf(fields: ReadonlyMap<string, string>): { name: string; version: string } {
  const [, name, version] = /^([^\s(]+)(?:\s*\(([^)]+)\))?/.exec(fields.get('source') ?? '') ?? [];
  return { name: name ?? fields.get('package') ?? '', version: version ?? fields.get('version') ?? '' };
}
