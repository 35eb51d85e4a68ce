/** Values that belong to a message, by name: `{port: 8080}`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** `listening {"port":8080}`: a message with its fields, on one line whatever they contain. */
export function withFields(message: string, fields: LogFields): string {
  const line = message.replace(/[\n\r]/g, (end) => (end === '\n' ? '\\n' : '\\r'));
  const names = Object.keys(fields);
  return names.length === 0 ? line : `${line} ${json(fields)}`;
}

/** The fields at the end of a line; undefined if there are none. */
export function fieldsOf(line: string): { readonly text: string; readonly fields: LogFields } | undefined {
  if (!line.endsWith('}')) return undefined;
  for (let at = line.indexOf(' {"'); at !== -1; at = line.indexOf(' {"', at + 1)) {
    try {
      return { text: line.slice(0, at), fields: JSON.parse(line.slice(at + 1)) as LogFields };
    } catch {
      // Part of the message.
    }
  }
  return undefined;
}

/** A field that has no JSON must not keep the message from the log. */
function json(fields: LogFields): string {
  try {
    return JSON.stringify(fields, plainValue);
  } catch {
    return JSON.stringify(
      Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)])),
    );
  }
}

function plainValue(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return {
    name,
    message,
    ...('code' in value && { code: value.code }),
    stack,
    ...(cause !== undefined && { cause }),
  };
}
