import { Prompt } from './prompt.ts';
import { passwordHash, passwordMatches, unusableReason } from './shadow.ts';

export interface LoginContext {
  readonly device: string;
  readonly hostname: string;
  /** Reads the shadow file; called at each login. */
  readonly shadow: () => string;
  readonly log: (line: string) => void;
  /** Milliseconds to wait after a failed login. */
  readonly penaltyMs: number;
}

/** Prompts for user and password once; resolves to true if they are root's. */
export async function login({ device, hostname, shadow, log, penaltyMs }: LoginContext): Promise<boolean> {
  using prompt = new Prompt(device);
  const user = await prompt.ask(`${hostname} login: `);
  if (user === undefined || user === '') return false;
  const password = await prompt.ask('Password: ', { echo: false });
  if (password === undefined) return false;
  const hash = user === 'root' ? passwordHash(shadow(), user) : undefined;
  if (passwordMatches(password, hash)) return true;
  const reason = unusableReason(hash) ?? 'wrong password';
  log(`refused a login on ${device}: ${reason}`);
  await new Promise((resolve) => setTimeout(resolve, penaltyMs));
  prompt.write('Login incorrect\n\n');
  return false;
}
