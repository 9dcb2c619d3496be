import { type ConfigTree, isTree } from './config-tree.ts'

/** The seed's name of the section `Ehr`. It still works, and means athenahealth unless the section names another profile. */
export const seedSection = 'Athena'
export const ehrSection = 'Ehr'

/** Which of the two names each key of the section was written under. */
export class SeedNames {
  readonly #written = new Map<string, string>()
  #isSeedUsed = false
  #first: string | undefined

  get isSeedUsed(): boolean {
    return this.#isSeedUsed
  }

  note(section: string, key: string | undefined): void {
    if (section === seedSection) this.#isSeedUsed = true
    this.#first ??= section
    if (key !== undefined && !this.#written.has(key)) this.#written.set(key, section)
  }

  /** The path as the operator wrote it, or would write it beside the other keys. */
  written(path: readonly string[]): readonly string[] {
    const [section, key = '', ...rest] = path
    if (section !== ehrSection) return path
    const name = this.#written.get(key) ?? this.#first ?? ehrSection
    return path.length === 1 ? [name] : [name, key, ...rest]
  }
}

/** The seed supported one EHR only. */
export function chooseSeedProfile(tree: ConfigTree, names: SeedNames): void {
  const ehr = tree[ehrSection]
  if (names.isSeedUsed && isTree(ehr)) ehr['Profile'] ??= 'athenahealth'
}

/** Moves the section `Athena` of a file to `Ehr`, and reports keys that are in both. */
export function moveSeedSection(
  tree: ConfigTree,
  names: SeedNames,
): { readonly tree: ConfigTree; readonly faults: readonly string[] } {
  const { [seedSection]: seed, [ehrSection]: ehr, ...rest } = tree
  const own = isTree(ehr) ? ehr : {}
  for (const key of Object.keys(own)) names.note(ehrSection, key)
  if (seed === undefined) return { tree, faults: [] }
  names.note(seedSection, undefined)
  if (!isTree(seed)) return { tree: { ...rest, [ehrSection]: seed }, faults: [] }
  const faults: string[] = []
  for (const key of Object.keys(seed)) {
    if (key in own)
      faults.push(`${ehrSection}.${key}: also set as ${seedSection}.${key}; set one of them`)
    else names.note(seedSection, key)
  }
  return { tree: { ...rest, [ehrSection]: { ...seed, ...own } }, faults }
}
