import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exposition, formatFor } from './exposition.ts';
import { each, type Family, maxSamples, single } from './family.ts';

const families: readonly Family[] = [
  ...single('node_load1', 'gauge', 'Load average of 1 minute', 0.25),
  ...each(
    'node_disk_read_bytes_total',
    'counter',
    'Bytes read',
    ['vda'],
    (device) => ({ device }),
    () => 2 ** 40,
  ),
];

test('golden: Prometheus text', () => {
  expect(exposition(families, 'text')).toBe(
    '# HELP node_load1 Load average of 1 minute\n# TYPE node_load1 gauge\nnode_load1 0.25\n' +
      '# HELP node_disk_read_bytes_total Bytes read\n# TYPE node_disk_read_bytes_total counter\n' +
      'node_disk_read_bytes_total{device="vda"} 1099511627776\n',
  );
});

test('golden: OpenMetrics names the family of a counter without _total, and ends with a mark', () => {
  expect(exposition(families.slice(1), 'openmetrics')).toBe(
    '# HELP node_disk_read_bytes Bytes read\n# TYPE node_disk_read_bytes counter\n' +
      'node_disk_read_bytes_total{device="vda"} 1099511627776\n# EOF\n',
  );
});

test('a scraper gets the format that it asks for', () => {
  expect(formatFor(undefined)).toBe('text');
  expect(formatFor('text/plain;version=0.0.4;q=0.5,*/*;q=0.1')).toBe('text');
  expect(formatFor('application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.5')).toBe('openmetrics');
});

test('a metric without a value is not there, and one of too many devices is cut', () => {
  expect(single('a', 'gauge', 'x', undefined)).toEqual([]);
  const many = Array.from({ length: maxSamples + 1 }, (_, at) => String(at));
  expect(each('a', 'gauge', 'x', many, (n) => ({ n }), Number)[0]?.samples).toHaveLength(maxSamples);
});

test('property: whatever a label says, it stays one label of one line', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.double({ noDefaultInfinity: false }).map((n) => n + 0),
      (label, value) => {
        const text = exposition(
          [{ name: 'a', type: 'gauge', help: 'x', samples: [{ labels: { l: label }, value }] }],
          'text',
        );
        const [, , line = '', ...rest] = text.split('\n');
        expect(rest).toEqual(['']);
        const [, inner = '', number] = /^a\{l="((?:[^"\\]|\\["\\n])*)"\} (\S+)$/s.exec(line) ?? [];
        const back = inner.replaceAll(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char));
        expect(back).toBe(label);
        expect(Number(number?.replace('Inf', 'Infinity'))).toEqual(value);
      },
    ),
  );
});
