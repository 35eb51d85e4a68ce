/**
 * The fake of a cloud as a program, for a namespace of its own:
 *
 *     node test/metadata/main.ts aws --key "ssh-ed25519 AAAA me" --hostname web [--user-data FILE]
 *       [--address 169.254.169.254] [--port 80] [--fault silence]
 *
 * Prints `listening`, then each request with the status of its answer.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startFakeCloud } from './start-fake-cloud.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string', default: '' },
    hostname: { type: 'string', default: 'fake' },
    'user-data': { type: 'string' },
    address: { type: 'string' },
    port: { type: 'string' },
    fault: { type: 'string' },
  },
});
const { key, hostname, 'user-data': file, address, port, fault } = values;
const userData = file === undefined ? undefined : readFileSync(file, 'utf8');
await startFakeCloud(
  positionals[0] ?? '',
  { key, hostname, userData },
  { address, fault, port: port === undefined ? undefined : Number(port) },
);
process.stdout.write('listening\n');
