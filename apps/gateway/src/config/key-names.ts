import { pathKey } from './config-tree.ts'
import { SeedNames } from './seed-section.ts'

/** How the operator wrote each key: in the file, in the seed's section, or as a variable. */
export class KeyNames {
  readonly seed = new SeedNames()
  readonly #variables = new Map<string, string>()
  /** Sections and list items that only the environment has. */
  readonly #made = new Set<string>()

  noteVariable(path: readonly string[], variable: string): void {
    this.#variables.set(pathKey(path), variable)
  }

  noteMade(path: readonly string[]): void {
    this.#made.add(pathKey(path))
  }

  /** The variable that set the key, or the whole list in which it is an item. */
  variableOf(path: readonly string[]): string | undefined {
    const ofKey = this.#variables.get(pathKey(path))
    if (ofKey !== undefined || !/^\d+$/.test(path.at(-1) ?? '')) return ofKey
    const ofList = this.#variables.get(pathKey(path.slice(0, -1)))
    return ofList === undefined ? undefined : `${ofList}, item ${Number(path.at(-1)) + 1}`
  }

  /** Whether a variable set the key, or would, because only the environment has its section. */
  isVariable(path: readonly string[]): boolean {
    return (
      this.variableOf(path) !== undefined ||
      path.some((_, index) => this.#made.has(pathKey(path.slice(0, index + 1))))
    )
  }

  /** `Http.Port`, or the variable `Http__Port`. */
  nameOf(path: readonly string[]): string {
    const written = this.seed.written(path)
    return this.variableOf(path) ?? written.join(this.isVariable(path) ? '__' : '.')
  }
}
