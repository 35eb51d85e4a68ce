import fc from 'fast-check';
import { imageKind } from '../fields/common-kinds.ts';
import { manifestFields } from '../fields.ts';
import type { Field, Kind } from '../kinds.ts';

/** Values that `checkValue` accepts, generated from the kind itself. */
export function anyOf(kind: Kind): fc.Arbitrary<unknown> {
  switch (kind.kind) {
    case 'string':
      return stringOf(kind);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.maxSafeInteger().map((value) => Math.min(Math.max(value, kind.min), kind.max));
    case 'integer64':
      return integers64(kind);
    case 'choice':
      return fc.constantFrom(...kind.values);
    case 'list':
      return fc.array(anyOf(kind.of), { maxLength: 3 });
    case 'map':
      return fc.dictionary(anyString, anyOf(kind.of), { maxKeys: 3, noNullPrototype: true });
    case 'either':
      return fc.oneof(...kind.of.map(anyOf));
    default:
      return recordOf(kind);
  }
}

/** As parsed: a bigint only where a number would be rounded. */
const integers64 = ({ min, max }: { min: bigint; max: bigint }): fc.Arbitrary<number | bigint> =>
  fc.bigInt(min, max).map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

/** Valid manifests: names are unique, and no `after` names a missing service. */
export const anyManifest: fc.Arbitrary<Record<string, unknown>> = anyOf({
  kind: 'record',
  fields: manifestFields,
}).map((value) => {
  const manifest = value as Record<string, { name?: string; after?: string[] }[]>;
  for (const key of ['services', 'disks', 'volumes']) {
    for (const [at, item] of (manifest[key] ?? []).entries()) {
      if (item.after) item.after = [];
      item.name = `${key}-${at}`;
    }
  }
  return manifest;
});

const anyString = fc.string({ unit: 'binary', maxLength: 12 });

/** For every pattern of the field table, at least one string that matches it. */
const words = [
  ...[
    'a',
    'pkg/x',
    './x',
    '/x',
    '/x/y',
    '/a:/b',
    'data:/b:ro',
    '/tmp:size=1m',
    '10s',
    'SIGTERM',
    '0644',
    '2MB',
    'default',
    './profile.json',
  ],
  ...[
    'nofile,1,unlimited',
    'RLIMIT_CORE,0,0',
    'linux/amd64',
    'rwm',
    'all',
    'CAP_CHOWN',
    'kernel',
    'host',
    '',
  ],
  ...['etc/x', '🐢', 'console=ttyS0 quiet', '10.0.0.2/24', '10.0.0.1', '64M', 'fd00::1', '0s', '1'],
  `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`,
  ...[
    '52:54:00:12:34:56',
    '10.1.0.0/16',
    'example.org',
    'eth0',
    ':4911',
    '80/tcp',
    '10.0.0.1:51820',
    '/dev/vdb',
    '0B3F-1C5E',
  ],
  'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=',
];

const images = ['a', 'pkg/x', './x', '/x/y', 'ghcr.io/me/x:1', 'oci:a b:1', 'docker-archive:/x.tar'];

function stringOf({ pattern }: Extract<Kind, { kind: 'string' }>): fc.Arbitrary<string> {
  if (!pattern) return fc.oneof(fc.constantFrom(...words), anyString);
  const fitting = pattern === imageKind.pattern ? images : words.filter((word) => pattern.test(word));
  if (fitting.length === 0) throw new Error(`no word for ${pattern}: add one to testing/arbitrary.ts`);
  return fc.constantFrom(...fitting);
}

function recordOf({ fields, exactlyOneOf = [] }: Extract<Kind, { kind: 'record' }>): fc.Arbitrary<unknown> {
  const always = Object.keys(fields).filter((key) => fields[key]?.required || fields[key]?.requiredUnless);
  const free = Object.keys(fields).filter((key) => ![...always, ...exactlyOneOf].includes(key));
  const one =
    exactlyOneOf.length === 0
      ? fc.constant([])
      : fc.subarray([...exactlyOneOf], { minLength: 1, maxLength: 1 });
  return fc
    .tuple(fc.subarray(free, { maxLength: Math.min(free.length, 5) }), one)
    .chain(([some, [which]]) => {
      const keys = Object.keys(fields).filter((key) => [...always, ...some, which].includes(key));
      const rows = keys.map((key) => [key, key === which ? given(fields[key]) : anyOf(kindAt(fields[key]))]);
      return fc.record(Object.fromEntries(rows), { noNullPrototype: true });
    });
}

const kindAt = (field: Field | undefined): Kind => field?.kind ?? { kind: 'boolean' };

/** `false` would count as absent. */
const given = (field: Field | undefined): fc.Arbitrary<unknown> =>
  anyOf(kindAt(field)).filter((value) => value !== false);
