import { isObject, type Json, type JsonObject } from '../client/parse-resource.ts'

/**
 * Makes references to our own server relative (`Patient/1`), once, when FHIR is received: after this, an absolute reference is always to
 * another server. A `urn:` is only resolved by the `fullUrl` of an entry of the same Bundle.
 *
 * `baseUrls` are the server's own base URLs. The scheme is not compared, because behind a proxy many servers write http for https.
 */
export function withLocalReferences<Resource extends JsonObject>(
  resource: Resource,
  baseUrls: readonly URL[],
): Resource {
  return localised(resource, new References(resource, baseUrls)) as Resource
}

class References {
  readonly #bases: readonly { readonly host: string; readonly path: string }[]
  readonly #byUrn = new Map<string, string>()

  constructor(resource: JsonObject, baseUrls: readonly URL[]) {
    this.#bases = baseUrls.map(({ host, pathname }) => ({
      host,
      path: pathname.endsWith('/') ? pathname : `${pathname}/`,
    }))
    const entries = resource['resourceType'] === 'Bundle' ? resource['entry'] : undefined
    if (!Array.isArray(entries)) return
    for (const entry of entries as readonly Json[]) {
      if (!isObject(entry) || !isObject(entry['resource'])) continue
      const { fullUrl } = entry
      const { resourceType, id } = entry['resource']
      if (typeof fullUrl === 'string' && /^urn:/i.test(fullUrl) && typeof id === 'string')
        this.#byUrn.set(fullUrl.toLowerCase(), `${String(resourceType)}/${id}`)
    }
  }

  localise(reference: string): string {
    const text = reference.trim()
    if (/^urn:/i.test(text)) return this.#byUrn.get(text.toLowerCase()) ?? reference
    const isAbsolute = /^https?:\/\//i.test(text)
    if (!isAbsolute && !text.startsWith('/')) return reference
    for (const { host, path } of this.#bases) {
      const url = URL.parse(text, `https://${host}`)
      if (url !== null && url.host === host && url.pathname.startsWith(path))
        return url.pathname.slice(path.length) + url.hash
    }
    return reference
  }
}

function localised(value: Json, references: References): Json {
  if (Array.isArray(value)) {
    const items = value as readonly Json[]
    let next: Json[] | undefined
    for (const [index, item] of items.entries()) {
      const changed = localised(item, references)
      if (changed === item) continue
      next ??= [...items]
      next[index] = changed
    }
    return next ?? value
  }
  if (!isObject(value)) return value
  let next: Record<string, Json> | undefined
  for (const key of Object.keys(value)) {
    const inner = value[key]
    const changed = localisedField(key, inner, references)
    if (changed === inner) continue
    next ??= { ...value }
    next[key] = changed
  }
  return next ?? value
}

function localisedField(key: string, value: Json, references: References): Json {
  if (typeof value !== 'string') return localised(value, references)
  if (key === 'reference') return references.localise(value)
  if (key !== 'url') return value
  const local = references.localise(value)
  // Other URLs (of extensions, of pages) are not references.
  return local.startsWith('Binary/') ? local : value
}
