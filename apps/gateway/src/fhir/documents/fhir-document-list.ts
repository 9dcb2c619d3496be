import { type Addresses } from '../client/own-address.ts'
import { readAllPages, type SearchLimits } from '../client/paging.ts'
import { type Json, type JsonObject, parseResource } from '../client/parse-resource.ts'
import type { FhirRequest } from '../client/fhir-request.ts'
import { EhrMalformedError } from '../fhir-errors.ts'
import { objectsAt, textAt } from '../to-clinical-bundle/fields.ts'
import type { EhrHttp } from './ehr-http.ts'
import type { ListAnswer } from './interpret-search.ts'

/** A cached search result would hide newer documents. @see https://hapifhir.io/hapi-fhir/docs/server_jpa/search.html */
const fresh = { 'cache-control': 'no-cache' }

/** All pages of a search for DocumentReferences, with the server's total and self link. A bad link keeps the pages before it. */
export async function listDocuments(
  http: EhrHttp,
  query: Readonly<Record<string, string>>,
  {
    limits,
    addresses,
  }: {
    readonly limits: SearchLimits & { readonly maxDepth: number }
    readonly addresses: Addresses
  },
  request: FhirRequest,
): Promise<ListAnswer> {
  let first: JsonObject | undefined
  const what = `searching ${request.resourceType}`
  const { resources, cutOff } = await readAllPages({
    first: http.url('DocumentReference', query, request.practiceId),
    resourceType: request.resourceType,
    addresses,
    limits,
    keepPartial: false,
    firstPageOnly: false,
    read: async (url) => {
      const { body, contentType } = await http.exchange(
        { method: 'GET', url, headers: fresh },
        request,
      )
      const { resource: bundle, nodes } = parseResource(body, { contentType, limits, what })
      if (bundle.resourceType !== 'Bundle')
        throw new EhrMalformedError(`${what}: the EHR's answer is not a Bundle`)
      first ??= bundle
      return { bundle, nodes, bytes: body.byteLength }
    },
  })
  return { resources, cutOff, total: totalOf(first), self: selfOf(first) }
}

function totalOf(bundle: JsonObject | undefined): number | undefined {
  const total: Json = bundle?.['total']
  return typeof total === 'number' ? total : undefined
}

function selfOf(bundle: JsonObject | undefined): string | undefined {
  if (bundle === undefined) return undefined
  const self = objectsAt(bundle, 'link').find((one) => one['relation'] === 'self')
  return self === undefined ? undefined : textAt(self, 'url')
}
