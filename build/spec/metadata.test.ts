import { expect, test } from 'vitest';
import type { MetadataSettings } from '../manifest/types.ts';
import { metadataTrust, withMetadataTrust } from './metadata.ts';
import { spec } from './testing.ts';

const raw = 'SZmNW01P9Fl3M4mNeyzT340bLGdp2gcAlMW/1q7we3w=';
const line = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'EmZjVtNT/RZdzOJjXss09+NGyxnadoHAJTFv9au8Ht8'} owner@example`;

test.each<[string, MetadataSettings | undefined, boolean, unknown]>([
  ['nothing', undefined, false, undefined],
  ['nothing, for production', undefined, true, { providers: [], untold: true }],
  ['a list', { trust: ['cdrom'] }, true, { providers: ['cdrom'] }],
  ['an empty list', { trust: [] }, false, { providers: [] }],
  [
    'a map',
    { trust: { devices: [{ bus: 'virtio' }] } },
    true,
    { providers: ['cdrom', 'file'], devices: [{ bus: 'virtio' }] },
  ],
  [
    'a key',
    { trust: { providers: ['cdrom'], signedBy: [line] } },
    true,
    { providers: ['cdrom'], signedBy: [raw] },
  ],
])('trust of %s', (_case, settings, production, trust) =>
  expect(metadataTrust(settings, production)).toEqual(trust),
);

test("kit's metadata program is told, whatever the entry's own environment says; no other program is", () => {
  const plain = spec({ env: ['A=1', 'KIT_METADATA_TRUST={}'] });
  const trust = { providers: [] };
  const told = withMetadataTrust(plain, { Labels: { 'io.kit.metadata': 'trust' } }, trust);
  expect(told.process.env).toEqual([
    ...(spec({ env: ['A=1'] }).process.env ?? []),
    'KIT_METADATA_TRUST={"providers":[]}',
  ]);
  expect(withMetadataTrust(plain, { Labels: {} }, trust)).toBe(plain);
});
