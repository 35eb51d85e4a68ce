import { expect, test } from 'vitest';
import { isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

/**
 * A reference is parsed once, where it is read; after that it is an ImageRef or a Reference. Code that parsed
 * the text again would know fewer kinds of names than build/reference. These files read texts; each has where
 * they come from.
 */
const readers: Readonly<Record<string, string>> = {
  'build/audit/image/probe.ts': "a package of kit's own",
  'build/commands/cache/image-names.ts': 'arguments',
  'build/commands/cache/registries.ts': 'names in the cache',
  'build/commands/trust/signing-key.ts': 'names that were pushed',
  'build/image/kernel/config-text.ts': 'an argument',
  'build/images/export-entries.ts': 'names in the cache',
  'build/inventory/subject.ts': 'an argument',
  'build/machine/exec/debug-image.ts': 'a flag',
  'build/manifest/images/disks-entry.ts': "a package of kit's own",
  'build/manifest/images/image-refs.ts': 'manifests',
  'build/parts/part-of.ts': 'names in manifests that are rewritten',
  'build/parts/reference.ts': "kit's own packages",
  'build/pkg/push.ts': "a flag, and names of packages' images",
  'build/pkg/verbs.ts': 'arguments',
  'build/policy/identity.ts': 'names in signatures and policies',
  'build/registry/options.ts': 'a flag',
  'build/size/sources/oci-image-size.ts': 'an argument',
  'build/transfer/archives/import-docker.ts': 'names in an archive',
  'build/transfer/archives/import.ts': 'names in an archive',
};

const sources = ['build', 'init', 'lib', 'services'].flatMap((folder) => sourcesIn(folder));
const others = sources.filter(
  (path) => !isTest(path) && !isTestSupport(path) && !path.startsWith('build/reference/'),
);

test('only what reads references parses them', () => {
  const parser =
    /\b(?:parseReference|parseImageRef|registryRef|archiveRef|expandReference)\(|\.map\(expandReference\)/;
  const parsing = others.filter((path) => parser.test(textOf(path)));
  expect(parsing.toSorted()).toEqual(Object.keys(readers).toSorted());
});

test('nothing else looks at the prefixes of archives, except for a hint', () => {
  const prefix = /['"`^(|](?:oci|oci-archive|docker-archive|docker-daemon):(?![/ ])/;
  const looking = others.filter((path) => prefix.test(textOf(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
  expect(looking).toEqual(['build/images/archive-image.ts']);
});
