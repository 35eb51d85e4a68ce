import { KitError, type SourcePosition } from '../../lib/errors/errors.ts';
import { didYouMean } from '../manifest/nearest.ts';

const comment = /(?:^|\s)(?:#|\/\/).*?\bkit-lint:\s*allow\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)/;

/**
 * The rules that comments disable for a line: `# kit-lint: allow RULE, RULE` (in TypeScript `//`) at its end,
 * or in the comment lines directly above it.
 */
export function allowedAt(text: string, line: number): ReadonlySet<string> {
  const lines = text.split('\n');
  const names = namesIn(lines[line - 1]);
  for (let above = line - 2; /^\s*(?:#|\/\/)/.test(lines[above] ?? ''); above -= 1)
    names.push(...namesIn(lines[above]));
  return new Set(names);
}

/** An error for each unknown rule in a comment: a typo there would have no effect. @param known all rules */
export function unknownAllowed(text: string, file: string, known: readonly string[]): KitError[] {
  return text.split('\n').flatMap((line, at) =>
    namesIn(line)
      .filter((name) => !known.includes(name))
      .map((name) => {
        const place: SourcePosition = { file, line: at + 1, column: line.indexOf(name) + 1, text: line };
        return new KitError(`unknown rule "${name}"${didYouMean(name, known)}`, {
          place,
          hint: 'docs/lint.md lists the rules',
        });
      }),
  );
}

function namesIn(line = ''): string[] {
  const [, names] = comment.exec(line) ?? [];
  return names === undefined ? [] : names.split(',').map((name) => name.trim());
}
