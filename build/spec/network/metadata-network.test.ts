import { expect, test } from 'vitest';
import { parseManifest } from '../../manifest/parse.ts';
import { bundle } from '../testing.ts';
import { takesMetadataNetwork, withMetadataNetwork } from './metadata-network.ts';

const image = { Labels: { 'io.kit.metadata': 'trust' } };

test('the last manifest that has the key counts', () => {
  const taken = (...texts: readonly string[]): boolean =>
    takesMetadataNetwork({
      network: texts.flatMap((text, at) => parseManifest(text, `${at}.yml`, '/').network),
    });
  expect(taken('network: {dns: {servers: [10.0.0.1]}}')).toBe(false);
  expect(taken('network: {metadata: true}', 'network: {dns: {servers: [10.0.0.1]}}')).toBe(true);
  expect(taken('network: {metadata: true}', 'network: {metadata: false}')).toBe(false);
});

test('only the program that reads metadata is told, and an entry cannot say so itself', () => {
  const { spec } = bundle({ command: ['/a'], env: ['KIT_METADATA_NETWORK=yes', 'A=b'] });
  const told = (may: boolean, config: object): boolean =>
    withMetadataNetwork(spec, config, may).process.env?.includes('KIT_METADATA_NETWORK=yes') ?? false;
  expect([told(true, image), told(false, image)]).toEqual([true, false]);
  expect(withMetadataNetwork(spec, {}, true)).toBe(spec);
});
