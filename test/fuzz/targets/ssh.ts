import { FieldReader, field, MalformedPacket, u32 } from '../../../services/sshd/encoding.ts';
import { parseCertificate } from '../../../services/sshd/keys/certificate.ts';
import { parsePublicKey } from '../../../services/sshd/keys/public-key.ts';
import { parseAuthorizedKeys } from '../../../services/sshd/login/authorized-keys.ts';
import { readAttributes, writeAttributes } from '../../../services/sshd/sftp/attributes.ts';
import { maxPacketBytes, PacketSplitter, packet } from '../../../services/sshd/sftp/packet.ts';
import { certify, makeSigner } from '../../../services/sshd/testing/signers.ts';
import { attempt, check, type Target, texts } from '../target.ts';

const key = Buffer.concat([field('ssh-ed25519'), field(Buffer.alloc(32, 1))]).toString('base64');

export const authorizedKeys: Target = {
  reads: ['services/sshd/login/authorized-keys.ts#parseAuthorizedKeys'],
  seeds: () =>
    texts(
      `# x\nssh-ed25519 ${key} me@x\n`,
      `restrict,pty,command="a \\"b\\"",from="10.0.0.0/8" ssh-ed25519 ${key}\n`,
      `cert-authority,principals="a" ssh-ed25519 ${key}`,
    ),
  words: ['ssh-ed25519 ', key, 'restrict,', 'command="', '\\"', 'no-pty,', '"', ' '],
  run: (bytes) => {
    for (const { type, blob } of parseAuthorizedKeys(bytes.toString('latin1')))
      check(blob.toString('latin1', 4, 4 + type.length) === type, 'a key is of its type');
  },
};

export const sshKeys: Target = {
  reads: [
    'services/sshd/keys/public-key.ts#parsePublicKey',
    'services/sshd/keys/certificate.ts#parseCertificate',
  ],
  seeds: () => {
    const [one, other] = [makeSigner('ssh-ed25519'), makeSigner('sk-ecdsa-sha2-nistp256@openssh.com')];
    const critical = { 'force-command': field('x') };
    return [one.blob, other.blob, certify(one, other, { critical }), certify(other, one)];
  },
  run: (bytes) => {
    attempt(() => parsePublicKey(bytes), MalformedPacket);
    const certificate = attempt(() => parseCertificate(bytes), MalformedPacket);
    if (certificate) check(bytes.includes(certificate.authority), 'an authority is in its certificate');
  },
};

export const sftpPackets: Target = {
  reads: [
    'services/sshd/sftp/packet.ts#PacketSplitter',
    'services/sshd/encoding.ts#FieldReader',
    'services/sshd/sftp/attributes.ts#readAttributes',
  ],
  seeds: () => [
    packet(1, u32(3)),
    packet(3, u32(1), field('/etc/passwd'), u32(1), writeAttributes({ mode: 0o644, size: 7 })),
    packet(10, u32(2), field('x'), u32(0x8000_0000), u32(1), field('a@b'), field('c')),
  ],
  run: (bytes) => {
    const splitter = new PacketSplitter();
    const half = bytes.length >> 1;
    for (const piece of [bytes.subarray(0, half), bytes.subarray(half)]) {
      const packets = attempt(() => splitter.push(piece), MalformedPacket);
      if (!packets) return;
      for (const one of packets) readRequest(one);
    }
  },
};

function readRequest(request: Buffer): void {
  check(request.length > 0 && request.length <= maxPacketBytes, 'a packet has a bounded length');
  const fields = new FieldReader(request.subarray(1));
  attempt(() => {
    fields.u32();
    check(!fields.path().includes(0), 'no path ends early');
    fields.u32();
    readAttributes(fields);
  }, MalformedPacket);
}
