import { isTree } from './config-tree.ts'
import type { KeyNode } from './key-tree.ts'

/** A key with the value that counts, and where that came from. */
export interface EffectiveKey {
  /** With the sections' own names: `Ehr.FhirBaseUrl`. */
  readonly key: string
  /** As JSON; masked where it is secret. */
  readonly value: string
  readonly origin: 'file' | 'environment' | 'default'
  readonly writtenAs: string
}

export interface KeyOrigins {
  isVariable(path: readonly string[]): boolean
  isInFile(path: readonly string[]): boolean
  nameOf(path: readonly string[]): string
}

const mask = '•••'

/** Every key that has a value, in the order of the schema. Secrets are masked here: what leaves this file may be shown. */
export function effectiveKeys(
  root: KeyNode,
  config: unknown,
  origins: KeyOrigins,
): readonly EffectiveKey[] {
  const found: EffectiveKey[] = []
  const walk = (node: KeyNode, value: unknown, path: readonly string[]): void => {
    if (value === undefined || value === null) return
    if (isTree(value) && node.keys.size > 0) {
      for (const [name, child] of node.keys) walk(child, value[name], [...path, name])
      return
    }
    const { item } = node
    if (item?.kind === 'section' && Array.isArray(value) && value.length > 0) {
      for (const [index, one] of value.entries()) walk(item, one, [...path, String(index)])
      return
    }
    if (item !== undefined && isTree(value) && Object.keys(value).length > 0) {
      for (const [name, one] of Object.entries(value)) walk(item, one, [...path, name])
      return
    }
    const isSecret = node.notes.secret === true || item?.notes.secret === true
    found.push({
      key: path.join('.'),
      value: isSecret ? mask : withoutPasswords(JSON.stringify(value)),
      origin: origins.isVariable(path)
        ? 'environment'
        : origins.isInFile(path)
          ? 'file'
          : 'default',
      writtenAs: origins.nameOf(path),
    })
  }
  walk(root, config, [])
  return found
}

/** `https://user:password@proxy` in a key that is not marked as secret. */
function withoutPasswords(json: string): string {
  return json.replaceAll(/(\/\/[^/\s:@"]*):[^/\s@"]+@/g, `$1:${mask}@`)
}
