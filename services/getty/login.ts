import { Prompt } from './prompt.ts';
import { passwordHash, passwordMatches, unusable } from './shadow.ts';

export interface LoginContext {
  readonly device: string;
  readonly hostname: string;
  /** The whole shadow file, read anew for each login. */
  readonly shadow: () => string;
  readonly log: (line: string) => void;
  /** Milliseconds a wrong password costs. */
  readonly penaltyMs: number;
}

/** Asks for name and password once; true when they are root's. */
export async function login({ device, hostname, shadow, log, penaltyMs }: LoginContext): Promise<boolean> {
  using prompt = new Prompt(device);
  const user = await prompt.ask(`${hostname} login: `);
  if (user === undefined || user === '') return false;
  const password = await prompt.ask('Password: ', { echo: false });
  if (password === undefined) return false;
  const hash = user === 'root' ? passwordHash(shadow(), user) : undefined;
  if (passwordMatches(password, hash)) return true;
  const why = unusable(hash) ?? 'wrong password';
  log(`refused a login on ${device}: ${why}`);
  await new Promise((resolve) => setTimeout(resolve, penaltyMs));
  prompt.write('Login incorrect\n\n');
  return false;
}
