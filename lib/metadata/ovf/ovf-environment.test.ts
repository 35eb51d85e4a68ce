import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseOvfEnvironment } from './ovf-environment.ts';

const shape = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'testdata', `${name}.xml`));
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@example';
const userdata = Buffer.from('#cloud-config\ntimezone: UTC\n');

test("Azure's: name, keys, custom data; what is not obeyed is named, and the password kept secret", () => {
  const read = parseOvfEnvironment(shape('azure'));
  expect(read).toEqual({
    ...{ provider: 'Azure', hostname: 'web', sshKeys: [key], userdata, problems: [] },
    notes: [
      'not obeyed: a password of Azure: nobody logs in with one',
      'not obeyed: a key of Azure that is in a certificate',
      'not obeyed: Azure means to describe this machine later, which kit does not wait for',
    ],
  });
});

test("VMware's: properties of the machine itself", () => {
  expect(parseOvfEnvironment(shape('vmware'))).toEqual({
    ...{ provider: 'OVF', hostname: 'web', instanceId: 'id-ovf', sshKeys: [key], userdata },
    network: undefined,
    notes: ['not obeyed: the property "password" of ovf-env.xml: nobody logs in with a password'],
  });
});

test('user data as plain text, a network, other ways to name the host', () => {
  const properties = {
    'local-hostname': 'b',
    'user-data': '#cloud-config&#10;{}',
    'network-config': Buffer.from('version: 2\n').toString('base64'),
    seedfrom: 'https://a.example/',
  };
  const rows = Object.entries(properties).map(
    ([name, value]) => `<Property key='${name}' value='${value}'/>`,
  );
  expect(
    parseOvfEnvironment(
      Buffer.from(`<Environment><PropertySection>${rows.join('')}</PropertySection></Environment>`),
    ),
  ).toMatchObject({
    ...{ hostname: 'b', sshKeys: [], userdata: Buffer.from('#cloud-config\n{}') },
    network: { form: 'network-config', content: Buffer.from('version: 2\n') },
    notes: ['not obeyed: the property "seedfrom" of ovf-env.xml: of OVF, the properties alone count'],
  });
});

test('what is damaged or something else', () => {
  expect(() => parseOvfEnvironment(Buffer.from('<Envelope/>'))).toThrow(
    'Cannot read ovf-env.xml: expected an OVF environment',
  );
  const damaged = shape('azure').toString().replace('I2Nsb3Vk', 'I2!sb3Vk');
  expect(parseOvfEnvironment(Buffer.from(damaged))).toMatchObject({
    userdata: undefined,
    problems: ['Cannot read the custom data of Azure: it is not base64'],
  });
});
