import { expect, test } from 'vitest';
import { unobeyedPlaces } from './command-line.ts';

test.each([
  ['quiet ds=nocloud console=ttyS0', []],
  ['ds=nocloud;s=https://user:secret@example.org/', ['ds=nocloud']],
  ['"ds=nocloud-net;s=http://10.0.2.2/;h=web"', ['ds=nocloud-net']],
  ['ci.ds=OpenStack cloud-config-url=http://a/', ['ci.ds=OpenStack', 'cloud_config_url']],
  ['ignition.config.url=oem:///x', ['ignition.config.url']],
])('places that %j names', (line, names) => {
  expect(unobeyedPlaces(line)).toEqual(
    names.map(
      (name) => `not obeyed: "${name}" of the kernel's command line: metadata is read from volumes and files`,
    ),
  );
});
