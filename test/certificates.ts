import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../build/tools/command.ts';
import type { Tools } from '../build/tools/tree.ts';

/** An authority of a test, in a folder: `NAME.pem` and `NAME.key`, made by openssl. */
export class Authority {
  readonly #tools: Tools;
  readonly #dir: string;
  readonly #name: string;

  private constructor(tools: Tools, dir: string, name: string) {
    this.#tools = tools;
    this.#dir = dir;
    this.#name = name;
  }

  /** One whose files are there already. */
  static of(tools: Tools, dir: string, name: string): Authority {
    return new Authority(tools, dir, name);
  }

  /** @param tools a tree with `openssl` in it */
  static async make(tools: Tools, dir: string, name = 'ca'): Promise<Authority> {
    const authority = new Authority(tools, dir, name);
    const extension = ['-addext', 'basicConstraints=critical,CA:TRUE', '-days', '30'];
    await authority.#request(name, 'kit tests', ['-x509', '-out', `${name}.pem`, ...extension]);
    return authority;
  }

  /**
   * Writes `NAME.pem`, signed, and `NAME.key`. `names`: what a server is called, `DNS:localhost,IP:127.0.0.1`. `expired`: it was good
   * for a month of 2020.
   */
  async sign(
    name: string,
    names?: string,
    { subject = name === 'server' ? 'localhost' : name, expired = false } = {},
  ): Promise<void> {
    await this.#request(name, subject, ['-out', `${name}.csr`]);
    const ca = this.#name;
    const signer = ['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial'];
    const days = expired
      ? ['-not_before', '20200101000000Z', '-not_after', '20200201000000Z']
      : ['-days', '30'];
    const extensions = names === undefined ? [] : ['-extfile', `${name}.names`];
    if (names !== undefined) writeFileSync(join(this.#dir, `${name}.names`), `subjectAltName=${names}\n`);
    const files = ['-in', `${name}.csr`, '-out', `${name}.pem`];
    await this.#openssl('x509', '-req', ...files, ...signer, ...days, ...extensions);
  }

  /** Writes its list of revoked certificates, `AUTHORITY.crl`. */
  async revoke(...names: readonly string[]): Promise<void> {
    const ca = this.#name;
    writeFileSync(join(this.#dir, `${ca}.index`), '');
    const settings = [`database = ${ca}.index`, 'default_md = sha256', 'default_crl_days = 30'];
    writeFileSync(
      join(this.#dir, `${ca}.cnf`),
      ['[ca]', 'default_ca = it', '[it]', ...settings, ''].join('\n'),
    );
    const signer = ['-config', `${ca}.cnf`, '-keyfile', `${ca}.key`, '-cert', `${ca}.pem`];
    for (const name of names) await this.#openssl('ca', ...signer, '-revoke', `${name}.pem`);
    await this.#openssl('ca', ...signer, '-gencrl', '-out', `${ca}.crl`);
  }

  async #request(name: string, subject: string, rest: readonly string[]): Promise<void> {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', `${name}.key`];
    await this.#openssl(
      'req',
      ...key,
      '-subj',
      subject.startsWith('/') ? subject : `/CN=${subject}`,
      ...rest,
      ...(rest.includes('-x509') ? [] : ['-new']),
    );
  }

  async #openssl(...args: string[]): Promise<void> {
    const { signal } = new AbortController();
    // No configuration of the host's.
    await runTool(this.#tools, 'openssl', args, {
      signal,
      cwd: this.#dir,
      env: { OPENSSL_CONF: '/dev/null' },
    });
  }
}
