import { createRequire } from 'node:module';
import { dirname, isAbsolute, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { guestPath, guestProgram, isBelow, isDependency, packageFolder } from '../places.ts';
import type { Place } from './evaluate.ts';
import type { Edit, Judgement, Mistake, Surroundings } from './judgement.ts';
import type { Node } from './nodes.ts';
import type { PlaceUse, Scan, Use } from './scan.ts';
import { type Target, targetOf } from './target.ts';

/**
 * Decides on everything that a file says about other files. In the project's own code, what cannot work is a
 * mistake; of a dependency, which may never get to that line, only what certainly exists is taken along.
 * @param isMain whether the file is the main module of its bundle
 */
export function judge(file: string, scan: Scan, isMain: boolean, around: Surroundings): Judgement {
  const judge = new Judge(file, isMain, around);
  for (const use of scan.places) judge.place(use);
  for (const use of scan.transports) judge.transport(use);
  for (const { node, isNegated } of scan.mainTests) judge.mainTest(node, isNegated);
  for (const { node, text } of scan.requires) judge.edit(node, text);
  for (const use of scan.computedLoads) judge.computedLoad(use);
  return judge;
}

/** Functions that are given a path which need not exist. */
const tolerant =
  /^(?:(?:write|append)File|mkdir|mkdtemp|rm|rmdir|unlink|exists|access)(?:Sync)?$|^(?:createWriteStream|log|info|debug|warn|error|trace)$/;

/** Functions that read a file as it is, whatever it contains. */
const reading =
  /^(?:readFile|createReadStream|open|stat|copyFile|sendFile|download|compile\w*|instantiate\w*)/;

/** Functions that run their file in a process or thread of its own. */
const running = /^(?:\w*Worker\w*|fork|spawn|execFile|Piscina|Tinypool|register|setupPrimary|setupMaster)$/;

class Judge implements Judgement {
  readonly edits: Edit[] = [];
  readonly programs: string[] = [];
  readonly taken: string[] = [];
  readonly mistakes: Mistake[] = [];
  readonly doubts: number[] = [];
  readonly #file: string;
  readonly #isMain: boolean;
  readonly #isOwn: boolean;
  readonly #around: Surroundings;

  constructor(file: string, isMain: boolean, around: Surroundings) {
    this.#file = file;
    this.#isMain = isMain;
    this.#isOwn = !isDependency(file);
    this.#around = around;
  }

  edit({ start, end }: Node, text: string): void {
    this.edits.push({ start, end, text });
  }

  mainTest(node: Node, isNegated: boolean): void {
    if (node.type === 'BinaryExpression') this.edit(node, String(this.#isMain !== isNegated));
    else if (!this.#isMain) this.edit(node, 'false');
  }

  place(use: PlaceUse): void {
    const { place, isPart } = use;
    const target = targetOf(place.path);
    if (place.open && !isPart) this.#openPlace(use, target);
    else if (place.open) return;
    else if (isPart || this.#isHere(place.path)) this.#here(use, target);
    else if (!target) this.#missing(use);
    else this.#found(use, target);
  }

  /** A file name, or a path to a module, that a thread of pino loads. */
  transport({ node, name }: Use & { readonly name: string }): void {
    const target = this.#isOwn ? this.#module(name) : undefined;
    if (target?.kind !== 'program') return;
    this.programs.push(target.path);
    this.edit(node, JSON.stringify(this.#installed(target.path)));
  }

  computedLoad(use: Use): void {
    if (!this.#isOwn || use.isTried || this.#around.hasModules) return;
    const what = use.node.type === 'ImportExpression' ? 'import()' : 'require()';
    this.#mistake(
      use.node,
      `the module of this ${what} is computed, so it cannot be bundled`,
      'write its name there; or name its package in "external:", or its files in "assets:", of build.yml',
    );
  }

  #openPlace({ place, call = '', isTried, node }: PlaceUse, target: Target | undefined): void {
    if (isTried || tolerant.test(call) || this.#around.isCovered(place.path)) return;
    if (this.#isOwn) {
      const folder = this.#shown(place.path);
      this.#mistake(
        node,
        `the path of a file is computed: kit cannot see which files below "${folder}" to take along`,
        `name them in "assets:" of build.yml: assets: ["${folder === '.' ? '' : `${folder}/`}*.txt"]`,
      );
    } else if (target?.kind === 'folder' && this.#mayTake(target.path)) {
      if (isBelow(target.path, this.#file)) this.doubts.push(node.start);
      else this.taken.push(target.path);
    }
  }

  /** The program's own place, or a part of a path. */
  #here(use: PlaceUse, target: Target | undefined): void {
    const { place, call = '', isPart, node } = use;
    const isSelf = target?.path === this.#file;
    const isRun = isSelf && running.test(call);
    if (isRun) this.programs.push(this.#file);
    // A package that gives away its own folder.
    const isOwnFolder = target?.path === dirname(this.#file) && target.path === packageFolder(this.#file);
    if (isOwnFolder && !isPart && !this.#isOwn && node.type === 'CallExpression')
      this.taken.push(target.path);
    const isProgram = isRun || (isSelf && this.#isMain && !isPart);
    this.#write(use, isProgram ? this.#installed(this.#file) : guestPath(this.#around.places, place.path));
  }

  #found(use: PlaceUse, target: Target): void {
    const { node, place, call = '', isLoaded } = use;
    if (isLoaded && target.kind !== 'folder') {
      this.edit(node, JSON.stringify(target.path));
    } else if (!this.#mayTake(target.path)) {
      // A dependency that looks for another one finds it, or not, when the program runs.
      if (this.#isOwn)
        this.#mistake(node, `"${this.#shown(place.path)}" is outside of the package's folder`, copyHint);
    } else if (target.kind === 'program' && !reading.test(call) && !this.#around.isCovered(target.path)) {
      this.programs.push(target.path);
      this.#write(use, this.#installed(target.path));
    } else {
      this.taken.push(target.path);
      this.#write(use, guestPath(this.#around.places, target.path));
    }
  }

  #isHere(path: string): boolean {
    return isBelow(path.replace(/(.)\/+$/, '$1'), this.#file);
  }

  #missing(use: PlaceUse): void {
    const { node, place, call = '', isTried, isLoaded } = use;
    if (this.#isOwn && !isTried && !tolerant.test(call) && !this.#around.isCovered(place.path)) {
      const hint = 'for a file that the program itself writes, use an absolute path such as /var/lib/app/x';
      this.#mistake(node, `"${this.#shown(place.path)}" is not there`, hint);
    } else if (!isLoaded) this.#write(use, guestPath(this.#around.places, place.path));
  }

  /** Own code may take files of its package, and what is installed; a dependency files of its own. */
  #mayTake(path: string): boolean {
    const { places } = this.#around;
    if (this.#isOwn && isDependency(path) && isBelow(places.root, path)) return true;
    const folder = isBelow(places.home, this.#file) && this.#isOwn ? places.home : packageFolder(this.#file);
    return folder !== undefined && isBelow(folder, path);
  }

  #module(name: string): Target | undefined {
    try {
      const path = createRequire(this.#file).resolve(name);
      // pino finds its own by itself.
      return isAbsolute(path) && name !== 'pino/file' ? targetOf(path) : undefined;
    } catch {
      // Not installed: it may be for development only, and never used in the image.
      return undefined;
    }
  }

  #installed(program: string): string {
    return this.#around.installed.get(program) ?? guestProgram(this.#around.places, program);
  }

  #write({ node, place, isShorthand }: PlaceUse, path: string): void {
    const full = place.path.endsWith('/') && !path.endsWith('/') ? `${path}/` : path;
    const text = literal(full, place.as);
    this.edit(node, isShorthand ? `${String(node.name)}: ${text}` : text);
  }

  #mistake(node: Node, text: string, hint: string): void {
    this.mistakes.push({ offset: node.start, text, hint });
  }

  #shown(path: string): string {
    return relative(this.#around.places.home, path) || '.';
  }
}

const copyHint = 'copy it into the folder, or put it into the image with "files/"';

function literal(path: string, form: Place['as']): string {
  if (form === 'path') return JSON.stringify(path);
  const href = JSON.stringify(pathToFileURL(path).href);
  return form === 'href' ? href : `new URL(${href})`;
}
