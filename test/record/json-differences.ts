/** Maximum number of differences listed for two documents. */
const most = 8;

/** The first differences of two JSON values: `process.cwd was "/" and is "/srv"`. */
export function jsonDifferences(a: unknown, b: unknown): string[] {
  const all = [...differences(a, b, '')];
  return all.length <= most ? all : [...all.slice(0, most), `and ${all.length - most} more`];
}

function* differences(a: unknown, b: unknown, path: string): Generator<string> {
  if (JSON.stringify(a) === JSON.stringify(b)) return;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) {
    yield `${path} was ${shown(a)} and is ${shown(b)}`;
    return;
  }
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  let found = false;
  for (const key of new Set([...keys, ...others])) {
    const inside = Array.isArray(a) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    for (const difference of differences(a[key], b[key], inside)) {
      found = true;
      yield difference;
    }
  }
  if (!found) yield `the keys of ${path || 'the document'} have another order`;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function shown(value: unknown): string {
  const text = value === undefined ? 'not there' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
