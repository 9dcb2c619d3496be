import { type ConfigTree, isTree, pathKey } from './config-tree.ts'
import { editDistance, nearestName, squash } from './nearest-name.ts'
import { type KeyNode, keysOf, nodeAt } from './key-tree.ts'
import { describeFound } from './faults.ts'
import type { KeyNames } from './key-names.ts'
import { ehrSection, seedSection } from './seed-section.ts'

/** Sections of other programs that share the environment. */
const foreignSections: ReadonlySet<string> = new Set(['Sandbox'])

/** The common variables for the keys of the section `Proxy`. */
const proxyVariables = [
  ['HTTP_PROXY', 'Http'],
  ['HTTPS_PROXY', 'Https'],
  ['NO_PROXY', 'Exclude'],
] as const

/** What Kubernetes and Docker set for a service that happens to have the name of a section: `DATABASE_PORT=tcp://10.0.0.1:5432`. */
const serviceVariable = /_SERVICE_(HOST|PORT)(_\w+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_\w+)?$/
const serviceAddress = /^(tcp|udp|sctp):\/\//

/**
 * Overrides a configuration with the environment, in place. Each key is a variable with double underscores between its names:
 * `TaskOrchestrator__WorkerCount=4`, `Auth__Credentials__0__Label=…`.
 *
 * Returns a fault for every variable that looks like ours and is not: with a section of ours in another case, with one underscore
 * in place of two, or mistyped.
 */
export function overlayEnvironment(
  tree: ConfigTree,
  environment: NodeJS.ProcessEnv,
  { root, names, foreign }: { root: KeyNode; names: KeyNames; foreign: ReadonlySet<string> },
): readonly string[] {
  const faults: string[] = []
  overlayProxies(tree, environment, names)
  const known = new KnownVariables(root)
  const setBy = new Map<string, string>()
  const set: Variable[] = []
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || isOfService(name, value) || foreign.has(name)) continue
    const [section = '', ...keys] = name.split('__')
    if (!known.sections.has(section)) {
      const fault = known.refuse(name)
      if (fault !== undefined) faults.push(fault)
      continue
    }
    const path = [section === seedSection ? ehrSection : section, ...keys]
    const earlier = setBy.get(pathKey(path))
    if (earlier !== undefined) faults.push(`${name}: also set as ${earlier}; set one of them`)
    setBy.set(pathKey(path), name)
    if (path[0] === ehrSection) names.seed.note(section, keys[0])
    set.push({ path, name, value })
  }
  // A key in a section comes after a value for the whole section, so that the two are noticed whatever their order.
  for (const one of set.toSorted((a, b) => a.path.length - b.path.length)) {
    const fault = overlay(tree, one, { root, names })
    names.noteVariable(one.path, one.name)
    if (fault !== undefined) faults.push(fault)
  }
  return faults
}

function isOfService(name: string, value: string): boolean {
  return serviceVariable.test(name) || (name.endsWith('_PORT') && serviceAddress.test(value))
}

function overlayProxies(tree: ConfigTree, environment: NodeJS.ProcessEnv, names: KeyNames): void {
  for (const [upper, key] of proxyVariables) {
    // As in curl, lower case wins.
    const name = environment[upper.toLowerCase()] ? upper.toLowerCase() : upper
    const value = environment[name]
    if (value === undefined || value === '') continue
    const section = (tree['Proxy'] ??= {})
    if (!isTree(section) || section[key] !== undefined) continue
    section[key] = value
    names.noteVariable(['Proxy', key], name)
  }
}

interface Variable {
  readonly path: readonly string[]
  readonly name: string
  readonly value: string
}

/** Sets one key. Returns a fault when a section is needed where a single value is set. */
function overlay(
  tree: ConfigTree,
  { path, name: variable, value }: Variable,
  { root, names }: { readonly root: KeyNode; readonly names: KeyNames },
): string | undefined {
  let node = tree
  for (const [index, name] of path.slice(0, -1).entries()) {
    const child = node[name]
    if (typeof child === 'object' && child !== null) {
      node = child as ConfigTree
      continue
    }
    const section = path.slice(0, index + 1)
    if (child !== undefined) {
      const expected = nodeAt(root, section)
      return `${names.nameOf(section)}: found ${describeLone(child, expected)} beside ${variable}=${describeFound(value, nodeAt(root, path))}; a single value and keys in it exclude each other, so remove one`
    }
    const made = /^\d+$/.test(path[index + 1] ?? '') ? [] : {}
    // If only the environment has a top-level section, messages still name its keys as those of the file.
    if (index > 0) names.noteMade(section)
    node[name] = made
    node = made
  }
  node[path.at(-1) ?? ''] = value
  return undefined
}

/** A value in place of a section. It is shown only if no key of the section is a secret: it may be one that lost its key. */
function describeLone(value: unknown, section: KeyNode | undefined): string {
  const mayBeSecret =
    section === undefined || [...keysOf(section)].some(({ node }) => node.notes.secret === true)
  const isShown = !mayBeSecret && typeof value !== 'object'
  return isShown ? JSON.stringify(value) : describeFound(value, section)
}

/** Short names are similar only when a single letter differs: `Htp` for `Http`, but not `npm` for `Ehr`. */
const isSimilar = (name: string, known: string) => slips(name, known) <= (known.length < 5 ? 1 : 2)

/** The number of mistyped letters, infinite if the lengths differ too much: an environment has a hundred variables, and most are not similar. */
const slips = (name: string, known: string) =>
  Math.abs(name.length - known.length) > 2 ? Number.POSITIVE_INFINITY : editDistance(name, known)

/** The variables that the gateway reads, and what people write in place of them. */
class KnownVariables {
  readonly sections: ReadonlySet<string>
  readonly #names: readonly (readonly string[])[]

  constructor(root: KeyNode) {
    this.sections = new Set([...root.keys.keys(), seedSection])
    const names = [...keysOf(root)].map(({ path }) =>
      path.map((name) => (name === '*' ? '0' : name)),
    )
    const ofSeed = names
      .filter(([section]) => section === ehrSection)
      .map(([, ...keys]) => [seedSection, ...keys])
    this.#names = [...names, ...ofSeed]
  }

  /** Why a variable is refused; undefined when it belongs to another program. */
  refuse(name: string): string | undefined {
    const [, section = '', separator = ''] = /^([A-Za-z]+?)(_+)./.exec(name) ?? []
    if (separator === '' || foreignSections.has(section)) return undefined
    const meant = this.#meant(name)
    if (meant !== undefined) return `${name}: unknown variable; did you mean ${meant}?`
    if (separator.length > 1) {
      const similar = [...this.sections].find((known) => isSimilar(squash(section), squash(known)))
      if (similar !== undefined) {
        const keys = this.#names.flatMap(([first, ...rest]) =>
          first === similar ? [rest.join('__')] : [],
        )
        const nearest = nearestName(name.slice(section.length), keys)
        return nearest === undefined
          ? `${name}: unknown variable; docs/configuration.md lists the keys of ${similar}`
          : `${name}: unknown variable; did you mean ${similar}__${nearest}?`
      }
      // What looks like a section of ours must be one: a mistyped setting that is ignored does harm unnoticed.
      if (/^[A-Z][A-Za-z]*$/.test(section))
        return `${name}: unknown section; known: ${[...this.sections].join(', ')}`
      return undefined
    }
    return this.sections.has(section)
      ? `${name}: unknown variable; between section and key stand two underscores, as in ${section}__${this.#firstKey(section)}`
      : undefined
  }

  /** The variable that differs by case and underscores, or by a letter or two. */
  #meant(name: string): string | undefined {
    const squashed = squash(name)
    let meant: readonly string[] | undefined
    let fewest = Number.POSITIVE_INFINITY
    for (const path of this.#names) {
      const [section = '', ...keys] = path
      const [first, rest] = [squash(section), squash(keys.join(''))]
      const isShort = first.length < 5
      // Another program's variable is easily a letter away from a short section: HTTPS_PORT.
      if (isShort && !name.toLowerCase().startsWith(`${first}_`)) continue
      const isInSection =
        squashed.startsWith(first) && isSimilar(squashed.slice(first.length), rest)
      if (!isInSection && isShort) continue
      const count = slips(squashed, first + rest)
      if (count > 2 || count >= fewest) continue
      fewest = count
      meant = path
    }
    const index = /_(\d+)_/.exec(name)?.[1] ?? '0'
    return meant?.map((part) => (part === '0' ? index : part)).join('__')
  }

  #firstKey(section: string): string {
    return (
      this.#names
        .find(([first]) => first === section)
        ?.slice(1)
        .join('__') ?? ''
    )
  }
}
