import { z } from 'zod'
import { configNotes, type KeyNotes, type SectionNotes } from './fields.ts'

/** A key, section or list of the configuration, as errors, the example and the documents need it. */
export interface KeyNode {
  readonly notes: Partial<KeyNotes & SectionNotes>
  readonly kind: 'value' | 'list' | 'section'
  /** In words; of a section: which keys it needs. */
  readonly range: string
  readonly isNumber: boolean
  readonly isRequired: boolean
  readonly default: unknown
  /** The keys of a section. */
  readonly keys: ReadonlyMap<string, KeyNode>
  /** What each item of a list is, or each value of a section whose keys are free names. */
  readonly item: KeyNode | undefined
}

type Notes = Partial<KeyNotes & SectionNotes>
type NotedSchema = z.core.JSONSchema.BaseSchema & Notes

/** Reads the tree of keys from the schema. zod's JSON Schema has the checks; `configNotes` has the rest. */
export function toKeyTree(schema: z.ZodType): KeyNode {
  const json = z.toJSONSchema(schema, {
    io: 'output',
    // `superRefine` and the like have no place in JSON Schema, and are not needed here.
    unrepresentable: 'any',
    metadata: configNotes,
  })
  return toNode(json, true)
}

function toNode(schema: NotedSchema, isRequired: boolean): KeyNode {
  const { properties = {}, required = [], items, additionalProperties } = schema
  const keys = new Map(
    Object.entries(properties).map(([name, child]) => [
      name,
      toNode(child as NotedSchema, required.includes(name)),
    ]),
  )
  const each = schema.type === 'array' ? items : additionalProperties
  const item =
    typeof each === 'object' ? toNode(asItemOf(schema, each as NotedSchema), true) : undefined
  const kind = { array: 'list', object: 'section' }[String(schema.type)] ?? 'value'
  return {
    notes: schema,
    kind: kind as KeyNode['kind'],
    range: schema.range ?? describeRange(schema, keys, item),
    isNumber: schema.type === 'number' || schema.type === 'integer',
    // A section whose keys all have defaults may be left out.
    isRequired:
      isRequired &&
      !('default' in schema) &&
      (keys.size === 0 || [...keys.values()].some((node) => node.isRequired)),
    default: schema.default,
    keys,
    item,
  }
}

/** What a list of secrets holds is secret, and what it counts has the list's unit. */
function asItemOf({ secret, unit }: NotedSchema, item: NotedSchema): NotedSchema {
  return {
    ...(secret !== undefined && { secret }),
    ...(unit !== undefined && { unit }),
    ...item,
  }
}

function describeRange(
  schema: NotedSchema,
  keys: KeyNode['keys'],
  item: KeyNode | undefined,
): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`
  switch (schema.type) {
    case 'boolean':
      return 'true or false'
    case 'integer':
      return `a whole number from ${schema.minimum} to ${schema.maximum}`
    case 'number':
      return `a number from ${schema.minimum} to ${schema.maximum}`
    case 'array': {
      const count = (schema.minItems ?? 0) > 0 ? `a list of at least ${schema.minItems}` : 'a list'
      return item === undefined || item.kind === 'section'
        ? `${count}, one section each`
        : `${count}; each is ${item.range}`
    }
    case 'object': {
      if (item !== undefined) return `a section of free names; each value is ${item.range}`
      const needed = [...keys].filter(([, node]) => node.isRequired).map(([name]) => name)
      return needed.length === 0 ? 'a section' : `a section with ${needed.join(' and ')}`
    }
    default:
      return schema.maxLength === undefined
        ? 'a text that is not empty'
        : `a text of 1 to ${schema.maxLength} characters`
  }
}

/** What is at `path`; undefined where the configuration has no such key. */
export function nodeAt(root: KeyNode, path: readonly string[]): KeyNode | undefined {
  let node: KeyNode | undefined = root
  for (const name of path) node = node?.keys.get(name) ?? node?.item
  return node
}

export interface PlacedKey {
  /** `*` stands for an index of a list or a free name. */
  readonly path: readonly string[]
  readonly node: KeyNode
}

/** Every key below `root` that takes a value or a list, in the order of the schema. */
export function* keysOf(root: KeyNode, path: readonly string[] = []): IterableIterator<PlacedKey> {
  for (const [name, node] of root.keys) {
    const here = [...path, name]
    if (node.kind === 'section' && node.item === undefined) yield* keysOf(node, here)
    else yield { path: here, node }
    if (node.item?.kind === 'section') yield* keysOf(node.item, [...here, '*'])
  }
}
