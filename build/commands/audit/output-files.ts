import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { auditReport } from '../../audit/report/json.ts';
import { sarifLog } from '../../audit/report/sarif.ts';
import { readSigningKey, signStatement } from '../../audit/report/sign.ts';
import { auditStatement } from '../../audit/report/statement.ts';
import type { Audit } from '../../audit/result.ts';
import type { KitCommand } from '../../cli/kit-command.ts';
import type { Context } from '../../host/context.ts';
import { kitPackage } from '../../host/kit-package.ts';
import { writePieces } from '../../pieces/write-pieces.ts';

export interface OutputFlags {
  readonly sarif?: string;
  readonly attestation?: string;
  readonly sign?: string;
}

/** Adds the flags for reports in files. */
export function withOutputFiles(command: KitCommand): KitCommand {
  return command
    .option('--sarif <file>', 'write the report in SARIF 2.1.0, too')
    .option('--attestation <file>', 'write the report as an in-toto statement in a signed envelope (DSSE)')
    .option('--sign <pem>', 'private key for --attestation: Ed25519, or ECDSA on P-256');
}

/** What is to be written when the audit is over. */
export interface OutputFiles {
  write(audit: Audit, strict: boolean): Promise<void>;
}

/** Reads the key first: an audit takes minutes. @throws KitError for flags that need each other, a bad key */
export async function outputFiles(
  { sarif, attestation, sign }: OutputFlags,
  { cwd, signal }: Context,
): Promise<OutputFiles> {
  if ((attestation === undefined) !== (sign === undefined)) {
    const [given, needed] =
      attestation === undefined ? ['--sign', '--attestation'] : ['--attestation', '--sign'];
    throw new KitError(`Cannot use ${given} without ${needed}`, { exitCode: 2 });
  }
  const key: KeyObject | undefined =
    sign === undefined ? undefined : await readSigningKey(resolve(cwd, sign), sign);
  const write = async (file: string, value: object): Promise<void> => {
    await writePieces(resolve(cwd, file), [Buffer.from(`${JSON.stringify(value, null, 2)}\n`)], signal);
  };
  return {
    async write(audit, strict) {
      const { version } = await kitPackage();
      if (sarif !== undefined) await write(sarif, sarifLog(audit, version, strict));
      if (attestation === undefined || key === undefined) return;
      const statement = auditStatement(auditReport(audit, strict), audit.files);
      await write(attestation, signStatement(statement, key));
    },
  };
}
