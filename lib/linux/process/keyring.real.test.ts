import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the keys of the login stay behind: another session keyring, also in programs that are started', () => {
  const module = JSON.stringify(`${import.meta.dirname}/keyring.ts`);
  const print = `import { sessionKeyring } from ${module}; console.log(sessionKeyring())`;
  const code = `
    import { execFileSync } from 'node:child_process';
    import { leaveSessionKeyring, sessionKeyring } from ${module};
    const before = sessionKeyring();
    leaveSessionKeyring();
    const child = execFileSync(process.execPath, [...process.execArgv.slice(0, -1), ${JSON.stringify(print)}]);
    console.log(JSON.stringify([before, sessionKeyring(), Number(child)]));`;
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e'];
  const [before, own, child] = JSON.parse(
    execFileSync(process.execPath, [...flags, code], { encoding: 'utf8' }),
  );
  expect(own).not.toBe(before);
  expect(child).toBe(own);
});
