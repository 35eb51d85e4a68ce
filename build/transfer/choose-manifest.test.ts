import { expect, test } from 'vitest';
import { type Descriptor, mediaTypes } from '../../lib/oci/types.ts';
import { candidates, platformsOf } from './choose-manifest.ts';

/** Manifests for these platforms, in this order: `linux/amd64/v3`; `-` for none. */
const index = (...platforms: readonly string[]): Descriptor[] =>
  platforms.map((text, at): Descriptor => {
    const [os = '', architecture = '', variant] = text.split('/');
    const platform = text === '-' ? {} : { platform: { os, architecture, ...(variant && { variant }) } };
    const digest = `sha256:${String(at).padStart(64, '0')}` as const;
    return { mediaType: mediaTypes.manifest, digest, size: 1, ...platform };
  });

const chosen = (architecture: string, ...platforms: readonly string[]): number[] =>
  candidates(index(...platforms), architecture).map(({ digest }) => Number(digest.slice(7)));

test.each([
  ['amd64', ['linux/amd64/v3', 'linux/amd64'], [1]],
  ['amd64', ['linux/amd64/v4', 'linux/amd64/v2', 'linux/amd64/v1', 'linux/amd64/v3'], [2]],
  ['amd64', ['linux/amd64/v3', 'linux/amd64/v2'], [1]],
  ['amd64', ['linux/amd64/v9'], [0]],
  ['arm64', ['linux/arm/v7', 'linux/arm64/v9', 'linux/arm64/v8'], [2]],
  ['arm64', ['linux/arm64/v8', 'linux/arm64'], [1]],
  ['arm', ['linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7', 'linux/arm64'], [2]],
  ['arm', ['linux/arm/v5', 'linux/arm/v6'], [1]],
  ['amd64', ['windows/amd64', 'linux/arm64', 'unknown/unknown'], []],
  ['amd64', ['-', 'linux/arm64'], [0]],
  ['amd64', ['-', '-', 'linux/amd64'], [2, 0, 1]],
])('for %s of %j', (architecture, platforms, expected) => {
  expect(chosen(architecture, ...platforms)).toEqual(expected);
});

test('attestations and artifacts are no images', () => {
  const [first, ...others] = index('linux/amd64', 'linux/amd64', 'linux/amd64', 'linux/arm64');
  const about = [
    { ...first, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
    { ...others[0], artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json' },
    others[1],
  ] as Descriptor[];
  expect(candidates(about, 'amd64')).toEqual([others[1]]);
  expect(platformsOf([...about, ...index('unknown/unknown', '-')])).toEqual(['linux/amd64']);
});
