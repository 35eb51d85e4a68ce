import { KitError, reasonOf } from '../../errors/errors.ts';
import { isMap, parseYaml, type YamlMap } from '../yaml.ts';
import { newBudget } from './budget.ts';
import { readEntries } from './entries.ts';
import type { JinjaValues } from './jinja.ts';
import { mergePart } from './merge.ts';
import { type Part, partsOf } from './parts.ts';
import { emptyPlan, joinPlans, type UserDataPlan } from './user-data-plan.ts';

/** What user data of any form asks for. */
export interface UserDataRequests {
  /** All cloud-configs in it, merged as cloud-init merges them. */
  readonly cloudConfig: YamlMap;
  /** LinuxKit's files, and the mistakes and notes of all parts. */
  readonly plan: UserDataPlan;
}

/**
 * Takes user data apart and reads each part. What is not obeyed is named in the notes, what cannot be read in
 * the problems, one sentence each. A mistake in one part does not affect the others: a typo must not lock the
 * owner out.
 * @param source `user-data`, `vendor-data`
 */
export function readUserData(content: Buffer, source: string, values: JinjaValues): UserDataRequests {
  const problems: string[] = [];
  const notes: string[] = [];
  const problem = (line: string): unknown => problems.push(line);
  const note = (line: string): unknown => notes.push(line);
  let cloudConfig: YamlMap = {};
  const plans: UserDataPlan[] = [];
  for (const part of partsOf(content, { source, values, budget: newBudget(), problem, note })) {
    try {
      const { form, name, text } = part;
      if (form.kind === 'unobeyed') note(`not obeyed: ${name} is ${form.what}`);
      else if (form.kind === 'mistaken') problem(`Cannot read ${name}: ${form.fault}`);
      else if (form.kind === 'linuxkit') plans.push(readEntries(text, name));
      else cloudConfig = mergePart(cloudConfig, cloudConfigOf(part, note), part.mergeType);
    } catch (error) {
      if (!(error instanceof KitError)) throw error;
      problem(reasonOf(error));
    }
  }
  return { cloudConfig, plan: joinPlans([{ ...emptyPlan, problems, notes }, ...plans]) };
}

function cloudConfigOf({ text, name }: Part, note: (line: string) => unknown): YamlMap {
  const { tree, notes } = parseYaml(text, name);
  for (const line of notes) note(line);
  // A cloud-config of comments alone asks for nothing.
  if (tree === '') {
    note(`${name} is a cloud-config without keys`);
    return {};
  }
  if (!isMap(tree)) throw new KitError(`Cannot read ${name}: expected keys and values`);
  return tree;
}
