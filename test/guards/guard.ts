/** Code that withstands an attack, with the test in which the attack is tried. */
export interface Guard {
  /** `core-pattern` */
  readonly id: string;
  /** What the attacker does: a sentence for docs/attacks.md. */
  readonly attack: string;
  /** The file of the test; below test/vm a machine boots. */
  readonly test: string;
  /** A part of the test's name, as its source has it. */
  readonly title: string;
  /** What is taken out. Each text is in its file once. */
  readonly without: readonly Removal[];
  /** A part of what the test says when the attack succeeds: it must not fail for another reason. */
  readonly shows: string;
  /** Whether the test is skipped for ordinary users. */
  readonly root?: true;
}

export interface Removal {
  readonly file: string;
  readonly code: string;
  /** What stands there without the guard; default: nothing. */
  readonly instead?: string;
}
