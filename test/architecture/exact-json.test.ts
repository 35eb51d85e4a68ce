import { expect, test } from 'vitest';
import { isGenerated, isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

/**
 * OCI runtime specs and what becomes part of them have 64-bit integers, which JSON.parse rounds and
 * JSON.stringify refuses or shortens: they are read and written with lib/json/exact-json.ts.
 */
const ofSpecs = [
  // Reads or writes a bundle's config.json.
  /config\.json['"`]/,
  // Sends specs to containerd.
  /typeUrl/,
  // Has a spec, an entry's fields, or the numbers of a machine.
  /from '[./a-z-]*(?:oci-runtime|effective-entry|service-spec|control\/generated\/control)\.ts'/,
  /from '[./a-z-]*(?:specs\/spec|manifest\/print)\.ts'/,
];

/** Files with such a value that use JSON for something else, and what that is. */
const others: Readonly<Record<string, string>> = {
  'build/api/handle/logs.ts': 'a pattern, in quotes',
  'build/machine/boot-chart/boot-times.ts': 'times',
  'build/machine/debug/session.ts': 'the protocol of debuggers',
  'build/spec/metadata.ts': 'names of providers and devices',
  'build/update/update-machine.ts': 'an inventory, of digests',
  'services/supervisor/update/updater.ts': 'an inventory, of digests',
};

const sources = ['build', 'init', 'services', 'lib']
  .flatMap(sourcesIn)
  .filter((path) => !isTest(path) && !isTestSupport(path) && !isGenerated(path));

test('no file that has an OCI runtime spec uses JSON.parse or JSON.stringify', () => {
  const rounding = sources.filter((path) => {
    const text = textOf(path);
    return /\bJSON\.(?:parse|stringify)\b/.test(text) && ofSpecs.some((pattern) => pattern.test(text));
  });
  expect(rounding).toEqual(Object.keys(others));
});
