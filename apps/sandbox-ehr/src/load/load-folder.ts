import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import {
  isObject,
  type Json,
  type JsonObject,
  type Resource,
  stringsAt,
  valuesAt,
} from '../fhir/resource.ts'
import type { ResourceStore } from '../fhir/resource-store.ts'
import { servedTypes } from '../fhir/search-parameters.ts'
import { type LoadedResource, NotFhir, parseFile } from './parse-file.ts'

export interface LoadReport {
  readonly files: number
  readonly resources: number
  readonly patients: number
  readonly encounters: number
  readonly skipped: readonly { readonly file: string; readonly reason: string }[]
  /** Files with ids that were already used for other content: all their ids got a prefix. */
  readonly collisions: readonly string[]
}

const maxFileBytes = 64 * 1024 * 1024
const keptTypes: ReadonlySet<string> = new Set([...servedTypes, 'Provenance'])
const idShape = /^[A-Za-z0-9\-._]{1,64}$/

/**
 * Serves every FHIR file under `directory` as charts of one practice. Other files are skipped and reported with
 * a reason.
 */
export function loadFolder(
  directory: string,
  practiceId: string,
  store: ResourceStore,
  now: number,
): LoadReport {
  const skipped: { file: string; reason: string }[] = []
  const collisions: string[] = []
  let files = 0
  let resources = 0
  const identifiers = new Map<string, string>()
  for (const path of filesUnder(directory)) {
    const file = relative(directory, path)
    if (!/\.(json|ndjson)$/i.test(path)) continue
    files += 1
    try {
      if (statSync(path).size > maxFileBytes) throw new NotFhir(`larger than ${maxFileBytes} bytes`)
      const found = parseFile(readFileSync(path, 'utf8'), path.endsWith('.ndjson'))
      const kept = found.filter(({ resource }) => keptTypes.has(resource.resourceType))
      if (kept.length === 0) throw new NotFhir('contains no supported resource')
      const { placed, hasCollision } = place(kept, file, practiceId, store, identifiers)
      if (hasCollision) collisions.push(file)
      for (const resource of placed) store.put(practiceId, resource, now)
      resources += placed.length
    } catch (error) {
      skipped.push({ file, reason: error instanceof NotFhir ? error.message : 'could not be read' })
    }
  }
  const count = (type: string) => [...store.all(type)].length
  return {
    files,
    resources,
    patients: count('Patient'),
    encounters: count('Encounter'),
    skipped,
    collisions,
  }
}

function* filesUnder(directory: string): IterableIterator<string> {
  for (const name of readdirSync(directory).sort()) {
    const path = join(directory, name)
    if (statSync(path).isDirectory()) yield* filesUnder(path)
    else yield path
  }
}

/**
 * Assigns the ids under which a file's resources are served, and updates its references. If one of its ids is
 * already used for other content, all ids of the file get their own prefix; otherwise a fact could end up in
 * another patient's chart.
 */
function place(
  found: readonly LoadedResource[],
  file: string,
  practiceId: string,
  store: ResourceStore,
  identifiers: Map<string, string>,
): { readonly placed: readonly Resource[]; readonly hasCollision: boolean } {
  const named = found.map(({ fullUrl, resource }, index) => ({
    fullUrl,
    resource,
    id: idOf(resource, fullUrl, file, index),
  }))
  const hasCollision = named.some(({ resource, id }) => {
    const known = store.find(practiceId, resource.resourceType, id)
    return known !== undefined && !isSameContent(store.read(known), { ...resource, id })
  })
  const prefix = hasCollision ? `${digest(file).slice(0, 8)}-` : ''
  const references = new Map<string, string>()
  for (const { fullUrl, resource, id } of named) {
    const target = `${resource.resourceType}/${prefix}${id}`
    references.set(`${resource.resourceType}/${id}`, target)
    if (fullUrl !== undefined) references.set(fullUrl, target)
    for (const identifier of valuesAt(resource, 'identifier')) {
      const [system = ''] = stringsAt(identifier, 'system')
      const [value = ''] = stringsAt(identifier, 'value')
      identifiers.set(`${resource.resourceType}?identifier=${system}|${value}`, target)
    }
  }
  const rename = (reference: string) =>
    references.get(reference) ?? identifiers.get(reference) ?? reference
  return {
    hasCollision,
    placed: named.map(
      ({ resource, id }) =>
        ({
          ...(renamed(resource, rename) as JsonObject),
          id: `${prefix}${id}`,
        }) as unknown as Resource,
    ),
  }
}

function idOf(
  resource: JsonObject,
  fullUrl: string | undefined,
  file: string,
  index: number,
): string {
  const { id } = resource
  if (typeof id === 'string' && idShape.test(id)) return id
  const uuid = /^urn:uuid:([A-Za-z0-9-]{1,64})$/.exec(fullUrl ?? '')?.[1]
  return uuid ?? `made-${digest(`${file} ${index}`).slice(0, 16)}`
}

function renamed(value: Json, rename: (reference: string) => string, key = ''): Json {
  if (typeof value === 'string') return key === 'reference' || key === 'url' ? rename(value) : value
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item) => renamed(item, rename, key))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, renamed(inner, rename, name)]),
  )
}

/** Ignores the metadata that the store adds. */
function isSameContent(a: JsonObject, b: JsonObject): boolean {
  const bare = ({ meta: _meta, ...rest }: JsonObject) => JSON.stringify(rest)
  return bare(a) === bare(b)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
