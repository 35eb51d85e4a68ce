import { expect, test } from 'vitest';
import { reportChanges } from '../compare.ts';
import { type SizedPart, sizeReport, solidPart } from '../report.ts';
import { changesText } from './changes-text.ts';
import { sizeReportText } from './text.ts';
import { treemapPage } from './treemap.ts';

const layer = (title: string, bytes: number, files: SizedPart['files']): SizedPart => ({
  ...{ title, package: 'kit/web', users: ['services web'], bytes, files },
  unpackedBytes: files.reduce((sum, file) => sum + file.unpackedBytes, 0),
});

const file = (path: string, bytes: number, unpackedBytes = 3 * bytes) => ({ path, bytes, unpackedBytes });

const report = sizeReport('web.yml', [
  solidPart('kernel', 10_000_000, ['kernel']),
  layer('service of kit/web', 30_000_000, [
    file('service/small', 1000),
    file('service/main.mjs', 29_000_000),
    file('service/tiny', 10),
  ]),
]);

test('the text: the largest part first, its large files, and the others as one', () => {
  expect(sizeReportText(report, { top: 2 })).toBe(`   STORED   SHARE  UNPACKED
  40.0 MB  100.0%   97.0 MB  web.yml
  30.0 MB   75.0%   87.0 MB  ├─ service of kit/web (services web)
  29.0 MB   72.5%   87.0 MB  │  ├─ service/main.mjs
     1 kB    0.0%      3 kB  │  └─ 2 smaller files
  10.0 MB   25.0%   10.0 MB  └─ kernel (kernel)

The largest files:
  29.0 MB   72.5%   87.0 MB  service/main.mjs
     1 kB    0.0%      3 kB  service/small
`);
});

test('the changes: what grew first, what shrank last', () => {
  const old = sizeReport('old', [
    solidPart('kernel', 11_000_000),
    layer('service of kit/web', 20_000_000, [
      file('service/main.mjs', 19_000_000),
      file('service/gone', 5000),
    ]),
  ]);
  expect(changesText(reportChanges(report, old), 2)).toBe(`web.yml: 40.0 MB, +9.0 MB against old

     CHANGE    BEFORE       NOW  PART
   +10.0 MB   20.0 MB   30.0 MB  service of kit/web
    -1.0 MB   11.0 MB   10.0 MB  kernel

     CHANGE    BEFORE       NOW  FILE
   +10.0 MB   19.0 MB   29.0 MB  service/main.mjs
      -5 kB      5 kB         -  service/gone
`);
  expect(changesText(reportChanges(report, report), 5)).toContain('Nothing differs.');
});

test('the map: names are texts, whatever is in them, and nothing is loaded', () => {
  const odd = sizeReport('</title><script>', [
    layer('"><img src=x>', 5000, [file('a\u0000\u0007<b>&"', 4000)]),
    solidPart('nothing', 0),
  ]);
  const page = treemapPage(odd);
  expect(page).not.toMatch(/<script|<img|<b>|[\0\u0007]/);
  expect(page).toContain('&quot;&gt;&lt;img src=x&gt;');
  expect(page).toContain('a\ufffd\ufffd&lt;b&gt;&amp;&quot;');
  expect(page).toContain("default-src 'none'");
  expect(page.match(/(?:src|href)=/g)).toEqual(
    ['src=', 'src=', 'src=', 'src='].slice(0, page.match(/src=x/g)?.length),
  );
  expect(page).not.toMatch(/NaN|Infinity/);
});

test('the map of many small files stays small', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => file(`f${at}`, 10));
  expect(treemapPage(sizeReport('many', [layer('many', 300_000, many)])).length).toBeLessThan(100_000);
});
