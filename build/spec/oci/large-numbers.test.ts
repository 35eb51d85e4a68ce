import { expect, test } from 'vitest';
import { exactJson, parseExactJson } from '../../../lib/json/exact-json.ts';
import { mergeManifests } from '../../manifest/merge.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { manifestValue, printManifest } from '../../manifest/print.ts';
import type { Entry } from '../../manifest/types.ts';
import { bundleSpec } from '../bundle.ts';
import { labelRequests } from '../containment/label-requests.ts';
import { parseProfile } from '../containment/profile.ts';
import { renderSeccomp } from '../containment/seccomp.ts';
import { imageX, linuxkit } from '../testing.ts';
import { type Spec, specJson } from './oci-runtime.ts';

/** Fields of resources with the largest value that each has in the OCI runtime spec. */
const largest = {
  int64: ['9223372036854775807', '9223372036854771712', '9007199254740993'],
  uint64: ['18446744073709551615', '9007199254740993'],
};

const fields: readonly (readonly [yaml: (value: string) => string, values: readonly string[]])[] = [
  ...['limit', 'reservation', 'swap', 'kernel', 'kernelTCP'].map(
    (key) => [(value: string) => `memory: {${key}: ${value}}`, largest.int64] as const,
  ),
  [(value) => `pids: {limit: ${value}}`, largest.int64],
  [(value) => `cpu: {quota: ${value}}`, largest.int64],
  [(value) => `cpu: {period: ${value}}`, largest.uint64],
  [(value) => `cpu: {shares: ${value}}`, largest.uint64],
  [(value) => `hugepageLimits: [{pageSize: 2MB, limit: ${value}}]`, largest.uint64],
  [(value) => `blockio: {throttleReadBpsDevice: [{major: 8, minor: 0, rate: ${value}}]}`, largest.uint64],
];
const rows = fields.flatMap(([yaml, values]) => values.map((value) => [yaml(value), value] as const));

/** The entry of a manifest with these resources. */
function manifestOf(resources: string) {
  const text = `services: [{name: web, image: x, resources: {${resources}}}]`;
  return mergeManifests([parseManifest(text, 'x.yml', '/')]);
}

const entryOf = (resources: string): Entry => manifestOf(resources).services[0]?.value as Entry;

test.each(rows)('%s keeps its digits', (resources, value) => {
  const image = { Cmd: ['/run'] };
  const text = specJson(bundleSpec(entryOf(resources), image, linuxkit).spec);
  expect(text).toContain(`: ${value}`);
  // The supervisor reads it, and writes it for containerd; kit run container does the same.
  expect(exactJson(parseExactJson<Spec>(text))).toContain(`:${value}`);
});

test.each(rows)('%s keeps its digits in a label', (resources, value) => {
  const { resources: given } = entryOf(resources);
  const image = { Cmd: ['/run'], Labels: { 'org.mobyproject.config': exactJson({ resources: given }) } };
  const entry = { name: 'web', image: imageX };
  expect(specJson(bundleSpec(entry, image, linuxkit).spec)).toContain(`: ${value}`);
  expect(() => labelRequests(entry, [{ source: 'label', fields: { resources: given ?? {} } }])).not.toThrow();
});

test.each(rows)('%s keeps its digits in a printed manifest', (resources, value) => {
  expect(printManifest(manifestOf(resources))).toContain(`: ${value}\n`);
  expect(exactJson(manifestValue(manifestOf(resources)))).toContain(`:${value}`);
});

test.each([
  [
    'memory: {limit: 9223372036854775808}',
    'not the number 9223372036854775808 (at most 9223372036854775807)',
  ],
  ['memory: {limit: -2}', 'an integer, -1 or more, not the number -2'],
  ['cpu: {shares: 18446744073709551616}', '(at most 18446744073709551615)'],
  ['memory: {limit: 1.5}', 'not the number 1.5'],
])('%s is refused with the digits that were written', (resources, message) => {
  expect(() => manifestOf(resources)).toThrow(message);
});

test('a seccomp profile compares with all bits', () => {
  const text =
    '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["personality"],"action":"SCMP_ACT_ERRNO","args":' +
    '[{"index":0,"value":18446744073709551615,"valueTwo":18446744073709551614,"op":"SCMP_CMP_MASKED_EQ"}]}]}';
  const seccomp = renderSeccomp(parseProfile(text, 'x.json'), 'amd64', new Set());
  expect(exactJson(seccomp)).toContain('"value":18446744073709551615,"valueTwo":18446744073709551614');
});
