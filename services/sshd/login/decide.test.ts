import { chmodSync as chmod, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { field } from '../encoding.ts';
import { certificateName, keyTypes } from '../keys/algorithms.ts';
import { type CertificateParts, certify, lineOf, makeSigner, type Signer } from '../testing/signers.ts';
import { decide, type KeyOffer } from './decide.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-decide-'));
const [authorized, trusted] = [join(dir, 'authorized_keys'), join(dir, 'trusted')];
afterAll(() => rmSync(dir, { recursive: true }));

const settings = { user: 'root', authorizedKeys: [authorized], trustedUserCa: [trusted] };
const address = '192.0.2.7';
const signed = Buffer.from('session and request');
let log: string[] = [];

function write(file: string, ...lines: readonly string[]): void {
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
}
beforeEach(() => {
  write(authorized);
  write(trusted);
  log = [];
});

const ask = (offer: Partial<KeyOffer>, user = 'root') =>
  decide(
    {
      ...{ user, method: 'publickey' },
      offer: { algorithm: 'ssh-ed25519', blob: Buffer.alloc(0), signature: undefined, signed, ...offer },
    },
    address,
    settings,
    (line) => log.push(line),
  );

/** Asks with a signature. The result: the permissions, or the reason in brackets. */
function logIn(signer: Signer, { blob = signer.blob, algorithm = '', flags = 1 } = {}) {
  const [plain = ''] = [signer.type.replace('ssh-rsa', 'rsa-sha2-512')];
  const offer = { algorithm: algorithm || plain, blob, signature: signer.sign(signed, flags) };
  const decision = ask(offer);
  if (decision.kind === 'accept') return decision.identity.permissions;
  return decision.kind === 'refuse'
    ? (/\((.*)\)$/.exec(decision.reason)?.[1] ?? 'not authorised')
    : decision.kind;
}

describe.each(keyTypes)('%s', (type) => {
  const signer = makeSigner(type);
  const authority = makeSigner('ssh-ed25519');
  const algorithm = type.replace('ssh-rsa', 'rsa-sha2-256');

  test('logs in by its line, and by its certificate', () => {
    expect(logIn(signer)).toBe('not authorised');
    write(authorized, lineOf(signer), `cert-authority ${lineOf(authority)}`);
    expect(ask({ algorithm, blob: signer.blob })).toMatchObject({ kind: 'query' });
    expect(logIn(signer)).toMatchObject({ terminal: true });
    const blob = certify(signer, authority);
    const certificate = type.replace('ssh-rsa', 'rsa-sha2-512');
    expect(ask({ algorithm: certificateName(certificate), blob })).toMatchObject({ kind: 'query' });
    expect(logIn(signer, { blob, algorithm: certificateName(certificate) })).toMatchObject({
      terminal: true,
    });
    // Of another type than it says.
    expect(logIn(signer, { blob })).toMatch(/unknown type|not authorised/);
  });
});

describe('a FIDO key', () => {
  const signer = makeSigner('sk-ssh-ed25519@openssh.com');
  test.each([
    ['', 0, 'it was not touched'],
    ['', 1, undefined],
    ['no-touch-required ', 0, undefined],
    ['verify-required ', 1, 'its person was not verified, which its option verify-required demands'],
    ['verify-required ', 5, undefined],
    ['verify-required,no-touch-required ', 4, undefined],
  ])('with the options "%s" and the flags %i', (options, flags, reason) => {
    write(authorized, `${options}${lineOf(signer)}`);
    const result = logIn(signer, { flags });
    if (reason === undefined) expect(result).toBeTypeOf('object');
    else expect(result).toBe(reason);
  });
});

describe('options of a line', () => {
  const signer = makeSigner('ssh-ed25519');
  const from = 'not from where its option from allows';
  test.each([
    ['from="192.0.2.7"', undefined],
    ['from="10.0.0.0/8,192.0.2.0/24"', undefined],
    ['from="192.0.2.*"', undefined],
    ['from="192.0.2.?,!192.0.2.7"', from],
    ['from="!192.0.2.8"', from],
    ['from="fd00::/8,*.example.org,192.0.2.70"', from],
    ['from="192.0.2.7/24"', 'its list of addresses: not a network: "192.0.2.7/24"'],
    ['expiry-time="20200101"', 'its option expiry-time is over'],
    ['expiry-time="29990101"', undefined],
    ['unheard-of', 'its option unheard-of is not supported'],
    ['cert-authority', 'not authorised'],
    ['verify-required', 'its person was not verified, which its option verify-required demands'],
  ])('%s', (options, reason) => {
    write(authorized, `${options} ${lineOf(signer)}`);
    const result = logIn(signer);
    if (reason === undefined) expect(result).toBeTypeOf('object');
    else expect(result).toBe(reason);
  });

  test('the first line that allows it counts', () => {
    write(authorized, `from="10.0.0.1" ${lineOf(signer)}`, `no-pty ${lineOf(signer)}`, lineOf(signer));
    expect(logIn(signer)).toMatchObject({ terminal: false });
  });
});

describe('a certificate', () => {
  const [signer, authority] = [makeSigner('ssh-ed25519'), makeSigner('ecdsa-sha2-nistp256')];
  const second = (days: number): bigint => BigInt(Math.floor(Date.now() / 1000) + 86_400 * days);
  const show = (parts: CertificateParts, by = authority) =>
    logIn(signer, { blob: certify(signer, by, parts), algorithm: certificateName('ssh-ed25519') });

  test.each<[string, CertificateParts, string]>([
    ['that is not valid yet', { after: second(1) }, 'its certificate is not valid yet'],
    ['that has expired', { before: second(-1) }, 'its certificate has expired'],
    ['of a host', { kind: 2 }, 'a certificate of a host'],
    ['of no kind', { kind: 3 }, 'neither of a user nor of a host'],
    ['for others', { principals: ['ops', 'web'] }, 'its certificate is not for root'],
    ['for everybody', { principals: [] }, 'its certificate is not for root'],
    [
      'with an unknown critical option',
      { critical: { x: field('') } },
      'its critical option x is not supported',
    ],
    [
      'for elsewhere',
      { critical: { 'source-address': field('10.0.0.0/8') } },
      'not from where its certificate allows',
    ],
    [
      'for a FIDO key',
      { critical: { 'verify-required': Buffer.alloc(0) } },
      'its person was not verified, which its option verify-required demands',
    ],
    [
      'with a damaged option',
      { critical: { 'force-command': Buffer.from('x') } },
      'its critical option force-command is not supported',
    ],
  ])('%s', (_what, parts, reason) => {
    for (const file of [authorized, trusted]) {
      write(authorized);
      write(trusted);
      write(file, `${file === authorized ? 'cert-authority ' : ''}${lineOf(authority)}`);
      expect(show(parts)).toBe(reason);
      expect(show({})).toBeTypeOf('object');
    }
  });

  test('allows what it permits, and no more than its line', () => {
    const critical = { 'force-command': field('uptime'), 'source-address': field('192.0.2.0/24,fd00::/8') };
    write(trusted, lineOf(authority));
    expect(show({ critical, extensions: ['permit-pty', 'new'] })).toMatchObject({
      ...{ command: 'uptime', terminal: true, forwarding: false },
    });
    write(trusted);
    write(authorized, `cert-authority,no-pty,command="uptime" ${lineOf(authority)}`);
    expect(show({})).toMatchObject({ command: 'uptime', terminal: false, forwarding: true });
    expect(show({ critical })).toMatchObject({ command: 'uptime' });
    write(authorized, `cert-authority,command="id" ${lineOf(authority)}`);
    expect(show({ critical })).toBe('it and its authority have different commands');
  });

  test('has one of the principals of its line', () => {
    write(authorized, `cert-authority,principals="ops,web" ${lineOf(authority)}`);
    expect(show({ principals: ['web'] })).toBeTypeOf('object');
    expect(show({ principals: ['root'] })).toBe('its certificate is not for ops or web');
  });

  test('is signed by an authority that is known, and by its very key', () => {
    write(authorized, `cert-authority ${lineOf(authority)}`, lineOf(signer));
    const other = makeSigner('ecdsa-sha2-nistp256');
    expect(show({}, other)).toBe('its authority is not known here');
    const forged = { ...other, blob: authority.blob };
    expect(show({}, forged)).toBe("its authority's signature is wrong");
    expect(logIn(authority)).toBe('not authorised');
  });

  test('is no authority itself', () => {
    const certified = certify(authority, makeSigner('ssh-ed25519'));
    const middle = { ...authority, blob: certified };
    write(authorized, `cert-authority ${lineOf({ type: certificateName(authority.type), blob: certified })}`);
    expect(show({}, middle)).toBe('unknown type of key');
  });
});

describe('who knocks without a key', () => {
  const signer = makeSigner('ssh-ed25519');

  test('another user is refused after the same work', () => {
    // A folder cannot be read, which shows that somebody tried.
    const bad = { ...settings, authorizedKeys: [dir] };
    for (const user of ['root', 'nobody-knows']) {
      const offer = { algorithm: 'ssh-ed25519', blob: signer.blob, signed, signature: undefined };
      const said: string[] = [];
      decide({ user, method: 'publickey', offer }, address, bad, (line) => said.push(line));
      expect(said).toHaveLength(1);
    }
    expect(ask({ blob: signer.blob }, 'nobody-knows')).toMatchObject({ kind: 'refuse' });
  });

  test.each([0o620, 0o602, 0o666])('a file of mode %o is not read, and said so', (mode) => {
    write(authorized, lineOf(signer));
    chmod(authorized, mode);
    expect(ask({ blob: signer.blob })).toMatchObject({ kind: 'refuse' });
    expect(log).toEqual([`cannot read "${authorized}": group or others may write it`]);
    rmSync(authorized);
  });

  test('lines that are no keys are named, once for each state of the file', () => {
    write(authorized, '---- BEGIN SSH2 PUBLIC KEY ----', lineOf(signer), 'ssh-ed25519 AAAA');
    for (let times = 0; times < 3; times += 1)
      expect(ask({ blob: signer.blob })).toMatchObject({ kind: 'query' });
    expect(log).toEqual([
      `"${authorized}": lines 1, 3 are no keys, as "[options] type base64 [comment]", and not read`,
    ]);
  });

  test.each([
    ['ssh-rsa', 'SHA-1 signature: the client does not know rsa-sha2-256'],
    ['ssh-dss', 'unknown key type'],
    ['rsa-sha2-512', 'fewer than 2048 bits'],
  ])('with %s', (algorithm, reason) => {
    const [e, n] = [field(Buffer.of(1, 0, 1)), field(Buffer.concat([Buffer.of(0), Buffer.alloc(128, 0xa5)]))];
    const blob = Buffer.concat([field('ssh-rsa'), e, n]);
    write(authorized, lineOf({ type: 'ssh-rsa', blob }));
    expect(ask({ algorithm, blob })).toMatchObject({
      kind: 'refuse',
      reason: expect.stringContaining(`(${reason})`),
    });
  });

  test('other methods', () => {
    const knock = (method: string) =>
      decide({ user: 'root', method, offer: undefined }, address, settings, () => {});
    expect(knock('none')).toEqual({ kind: 'list-methods' });
    for (const method of ['password', 'keyboard-interactive', 'hostbased', 'gssapi-with-mic', ''])
      expect(knock(method)).toEqual({ kind: 'refuse', reason: `method ${method}` });
  });
});
