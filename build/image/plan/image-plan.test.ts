import { expect, test } from 'vitest';
import { layoutLabel } from '../../../lib/oci/types.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import type { ImageOf } from '../../images/manifest-images.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { type ImagePlan, type PlanOptions, planImage } from './image-plan.ts';

/** Images with a command; `kit-init` has kit's init. */
const imageOf: ImageOf = ({ value }): ResolvedImage => ({
  name: value.text,
  digest: 'sha256:00',
  layers: [],
  config: {
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['/bin/x'], ...(value.text === 'kit-init' && { Labels: { [layoutLabel]: 'layered' } }) },
    rootfs: { type: 'layers', diff_ids: [] },
  },
});

const plan = (text: string, options: Partial<PlanOptions> = {}): ImagePlan =>
  planImage(parseManifest(text, 'x.yml', '/'), imageOf, { cwd: '/', ...options }, {});

test.each([
  ['init: [kit-init, other]', 'kit-init', 'kit'],
  ['init: [other, kit-init]', 'kit-init', 'kit'],
  ['init: [other]', undefined, 'linuxkit'],
  ['files: []', undefined, 'linuxkit'],
])('the init of %j decides the layout', (text, kitInit, reader) => {
  const planned = plan(text);
  expect(planned.kitInit?.name).toBe(kitInit);
  expect(planned.reader).toBe(reader);
});

test('every image of the manifest is in it, by the reference that names it', () => {
  const planned = plan(`
kernel: {image: kernel}
init: [kit-init]
volumes: [{name: empty}, {name: filled, image: data}]
onboot: [{name: first, image: one}]
services: [{name: web, image: two}]
`);
  expect(planned.kernel).toMatchObject({ ref: { text: 'kernel' }, image: { name: 'kernel' } });
  expect(planned.volumes.map(({ content }) => content?.ref?.text)).toEqual([undefined, 'data']);
  expect(planned.bundles.map(({ ref, folder }) => [ref.text, folder])).toEqual([
    ['one', 'containers/onboot/000-first'],
    ['two', 'containers/services/web'],
  ]);
});

test('`kernel:` without an image gives a plan without a kernel', () => {
  expect(plan('kernel: {cmdline: quiet}').kernel).toBeUndefined();
});

test('the bill of materials has a default path, and may be left out', () => {
  expect(plan('init: [kit-init]').sbom?.path).toBe('sbom.spdx.json');
  expect(plan('init: [kit-init]', { sbom: { path: '/etc//sbom' } }).sbom?.path).toBe('etc/sbom');
  expect(plan('init: [kit-init]', { sbom: false }).sbom).toBeUndefined();
});

test('errors in entries and settings are reported together', () => {
  const text = `
services: [{name: web, image: x, uid: unknown}]
network: {dns: {servers: [1.2.3]}}
`;
  expect(() => plan(text)).toThrow('there is no entry "unknown"\n"1.2.3" is not an IPv4 or IPv6 address');
});
