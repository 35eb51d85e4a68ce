import { expect, test } from 'vitest';
import type { ProbeResult } from '../../../lib/audit/probe-line.ts';
import { parseManifest } from '../../manifest/parse.ts';
import type { AuditedEntry } from '../../promises/audited-entry.ts';
import { promises } from '../../promises/promises.ts';
import { declaredPorts } from '../declared-ports.ts';
import type { ImageSettings } from '../image/image-settings.ts';
import { judgeMachine } from './judge-machine.ts';

const none: ImageSettings = { control: undefined, firewall: undefined };

function undeclared(
  ports: string,
  yaml: string | undefined,
  { ready = null, ...settings }: Partial<ImageSettings> & { readonly ready?: object | null } = {},
): string {
  const entries = [{ runtime: { kit: { ready } } } as unknown as AuditedEntry];
  const plan = yaml === undefined ? undefined : { manifest: parseManifest(yaml, 'x.yml', '/') };
  const result = { id: 'listening-ports', outcome: 'succeeded', detail: ports } as const;
  const promised = promises.filter(({ id }) => id === result.id);
  const report = { results: [result], complete: true, messages: [] };
  const [finding] = judgeMachine(report, promised, declaredPorts(entries, plan, { ...none, ...settings }));
  expect(finding?.outcome).toBe(finding?.detail === '' ? 'kept' : 'broken');
  return finding?.detail ?? '';
}

test('open ports that the manifest declares are no fault: by protocol and number', () => {
  const web = 'services: [{name: web, image: x, ports: ["80/tcp", "8000-8010/udp"]}]';
  expect(undeclared('tcp:80 udp:8000 udp:8010', web)).toBe('');
  expect(undeclared('tcp:80 tcp:81 tcp:8000 udp:80 udp:8011', web)).toBe('tcp:81 tcp:8000 udp:80 udp:8011');
  const control = { host: '', port: 4911, ca: '', certificate: '', key: '' };
  expect(undeclared('tcp:4911 udp:4911', web, { control })).toBe('udp:4911');
  expect(undeclared('tcp:22 tcp:23', web, { ready: { tcp: 22 } })).toBe('tcp:23');
});

test("the port of DHCPv6's clients is no fault; its server would be one", () => {
  expect(undeclared('tcp:546 udp:546 udp:547', 'services: []')).toBe('tcp:546 udp:547');
});

test('of an image without its manifest, what its bundles say counts', () => {
  const firewall = { open: [{ protocol: 'tcp', first: 80, last: 90 }] } as const;
  const ready = { http: { port: 8080 } };
  expect(undeclared('tcp:22 tcp:85 tcp:8080', undefined, { firewall, ready })).toBe('tcp:22');
});

test.each(['ssh-crowd', 'ssh-flood', 'control-crowd', 'control-streams'])('what became of %s', (id) => {
  const promised = promises.filter((promise) => promise.id === id);
  const outcomeOf = (outcome: ProbeResult['outcome']) => {
    const report = { results: [{ id, outcome, detail: 'why' }], complete: true, messages: [] };
    return judgeMachine(report, promised, { open: [] }).map((one) => [one.outcome, one.detail]);
  };
  expect(outcomeOf('refused')).toEqual([['kept', '']]);
  expect(outcomeOf('succeeded')).toEqual([['broken', 'why']]);
  expect(outcomeOf('untried')).toEqual([['untried', 'why']]);
  expect(outcomeOf('unknown')).toEqual([['unknown', 'why']]);
});
