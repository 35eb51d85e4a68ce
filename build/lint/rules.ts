import { contentRules } from './contents.ts';
import { habitRules } from './habits.ts';
import { privilegeRules } from './privileges.ts';
import type { Rule } from './rule.ts';

/** Every rule there is; docs/lint.md is made from them. */
export const rules: readonly Rule[] = [...privilegeRules, ...habitRules, ...contentRules];
