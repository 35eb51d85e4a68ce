import { expect } from 'vitest';
import type { Measurement } from '../../build/measure/measure.ts';
import { kit } from '../support/run-kit.ts';

const look = `
const { readFileSync } = require('fs');
for (const pcr of [4, 7, 11])
  console.log('PCR', pcr, readFileSync('/sys/class/tpm/tpm0/pcr-sha256/' + pcr, 'utf8').trim().toLowerCase());`;

/** An entry of onboot that prints registers of the TPM, PCR 11 as the last one. */
export const printsPcrs = {
  name: 'pcrs',
  image: 'pkg/copy',
  command: ['/usr/bin/node', '-e', look],
};

export const lastPcr = /pcrs: PCR 11 [0-9a-f]{64}/;

/** The console of a machine shows the very registers that `kit measure` predicts. */
export async function expectPredicted(console: string, ...words: readonly string[]): Promise<void> {
  const { status, stdout, stderr } = await kit('measure', '--json', ...words);
  expect(status, stderr).toBe(0);
  const { pcrs } = JSON.parse(stdout) as Measurement;
  const found = pcrs.map(({ pcr }) => [
    pcr,
    new RegExp(`pcrs: PCR ${pcr} ([0-9a-f]{64})`).exec(console)?.[1],
  ]);
  expect(found).toEqual(pcrs.map(({ pcr, value }) => [pcr, value]));
}
