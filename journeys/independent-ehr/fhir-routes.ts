import { type Answer, idIn, outcome, refusal, resourceAnswer, subjectOf } from './answers.ts'
import type { EhrBehaviour } from './behaviour.ts'
import { capabilityStatement } from './capability-statement.ts'
import type { ChartFaults, ReadFault } from './chart-faults.ts'
import { answerOfCreate, missingIn } from './creating.ts'
import type { DocumentStore } from './document-store.ts'
import type { FhirEngine, FhirResource } from './fhir-engine.ts'
import { findInstead, matchOf } from './finding.ts'
import { Pages, pageParameter } from './pages.ts'
import {
  answerBefore,
  withEntryFaults,
  withWireFaults,
  withoutRedirectMark,
} from './read-faults.ts'
import { checkSearch } from './search-rules.ts'

export interface FhirRequest {
  readonly method: string
  /** Behind the FHIR base: `Encounter/7`. */
  readonly path: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** Whose chart a request was about, with the answer. */
export interface Routed {
  readonly patientId: string | undefined
  readonly answer: Answer
}

/** The FHIR API of a server of this behaviour, over the engine. */
export class FhirRoutes {
  readonly #behaviour: EhrBehaviour
  readonly #engine: FhirEngine
  readonly #documents: DocumentStore
  readonly #faultsOf: (patientId: string | undefined) => ChartFaults
  readonly #pages: Pages
  readonly #pagePatients = new Map<string, string | undefined>()
  readonly #taken = new Map<string, number>()
  fhirBaseUrl = ''

  constructor(
    behaviour: EhrBehaviour,
    engine: FhirEngine,
    documents: DocumentStore,
    faultsOf: (patientId: string | undefined) => ChartFaults,
  ) {
    this.#behaviour = behaviour
    this.#engine = engine
    this.#documents = documents
    this.#faultsOf = faultsOf
    this.#pages = new Pages(behaviour.search)
  }

  async route(request: FhirRequest): Promise<Routed> {
    const { method, path, url } = request
    if (method === 'GET' && path === 'metadata')
      return { patientId: undefined, answer: capabilityStatement(this.#behaviour) }
    const practice = this.#behaviour.practiceParameter
    const demanded = practice?.value.replace('{practiceId}', '')
    if (practice !== undefined && !url.search.includes(`${practice.name}=${demanded}`))
      return unrouted(refusal(403, 'forbidden', `${practice.name} is needed`))
    const [resourceType = '', id, ...more] = path.split('/')
    if (method === 'POST' && id === undefined) return this.#create(resourceType, request)
    if (method !== 'GET' || more.length > 0)
      return unrouted(refusal(405, 'not-supported', `${method} is not possible here`))
    const patientId = this.#patientOf(resourceType, id, url.searchParams)
    const faults = this.#readFaults(patientId, resourceType)
    const instead = answerBefore(faults, url)
    const answer =
      instead ??
      (id === undefined
        ? await this.#search(resourceType, patientId, url.searchParams, faults)
        : await this.#read(resourceType, decodeURIComponent(id), patientId))
    const wireFaults =
      this.#behaviour.gzip === true ? [...faults, { kind: 'gzip' as const }] : faults
    return { patientId, answer: withWireFaults(wireFaults, answer, this.fhirBaseUrl) }
  }

  #patientOf(
    resourceType: string,
    id: string | undefined,
    asked: URLSearchParams,
  ): string | undefined {
    if (id !== undefined) {
      const ofDocument = this.#documents.find(id.replace(/^content-/, ''))?.patientId
      return ofDocument ?? this.#engine.patientOf(resourceType, decodeURIComponent(id))
    }
    const page = asked.get(pageParameter)
    if (page !== null) return this.#pagePatients.get(page)
    for (const name of ['patient', 'subject', 'beneficiary']) {
      const value = asked.get(name)
      if (value !== null) return idIn(value, 'Patient') ?? value
    }
    return this.#engine.patientOf(resourceType, asked.get('_id') ?? '')
  }

  async #read(resourceType: string, id: string, patientId: string | undefined): Promise<Answer> {
    const faults = this.#faultsOf(patientId)
    if (resourceType === 'DocumentReference' && this.#documents.find(id) !== undefined) {
      if (faults.readBack !== undefined)
        return refusal(faults.readBack, 'processing', 'this document cannot be read')
    }
    if (resourceType === 'Binary') {
      const binary = this.#documents.binary(id)
      if (binary !== undefined)
        return {
          status: 200,
          headers: { 'content-type': binary.contentType },
          body: binary.bytes,
        }
    }
    const found = await this.#engine.read(resourceType, id)
    return found === undefined
      ? refusal(404, 'not-found', `${resourceType}/${id} is not known`)
      : resourceAnswer(200, this.#shown(found, faults))
  }

  async #search(
    resourceType: string,
    patientId: string | undefined,
    asked: URLSearchParams,
    faults: readonly ReadFault[],
  ): Promise<Answer> {
    const page = asked.get(pageParameter)
    if (page !== null) return this.#pages.next(page, faults, this.fhirBaseUrl)
    const wanted = withoutRedirectMark(asked)
    const { find } = this.#faultsOf(patientId)
    const identifier = wanted.get('identifier')
    const isFaultyFind =
      find !== undefined && identifier !== null && resourceType === 'DocumentReference'
    if (isFaultyFind && find === 'ignores_identifier') wanted.delete('identifier')

    const rest = new URLSearchParams(wanted)
    if (isFaultyFind) rest.delete('identifier')
    const verdict = checkSearch(this.#behaviour, faults, resourceType, rest)
    if (!verdict.taken)
      return refusal(verdict.status, verdict.status === 403 ? 'forbidden' : 'invalid', verdict.text)
    if (isFaultyFind && find !== 'ignores_identifier')
      verdict.parameters.set('identifier', identifier)

    const matches = await this.#engine.search(resourceType, patientId, verdict.parameters)
    const found =
      resourceType === 'DocumentReference'
        ? this.#documents.indexed(matches, (document) => document.id)
        : matches
    const shown = found.map((resource) => this.#shown(resource, this.#faultsOf(patientId)))
    const instead = isFaultyFind
      ? findInstead(find, shown, patientId ?? '', identifier)
      : { unchanged: true as const }
    if ('whole' in instead) return instead.whole
    const entries = 'entries' in instead ? instead.entries : shown.map(matchOf)
    const mixed = await this.#mixedIn(resourceType, patientId)
    const all = withEntryFaults(
      faults,
      [...entries, ...mixed, ...this.#outcomes(verdict.ignored)],
      resourceType,
    )
    const answer = this.#pages.first(resourceType, all, asked, faults, this.fhirBaseUrl)
    for (const token of linksIn(answer)) this.#pagePatients.set(token, patientId)
    return answer
  }

  async #create(resourceType: string, request: FhirRequest): Promise<Routed> {
    const { documents } = this.#behaviour
    if (documents.writer !== 'fhir')
      return unrouted(refusal(403, 'forbidden', 'this FHIR API is read-only'))
    if (resourceType === 'Binary') return this.#createBinary(request)
    if (resourceType !== 'DocumentReference')
      return unrouted(refusal(404, 'not-supported', `${resourceType} is not created here`))
    const sent = parse(request.body)
    if (sent?.resourceType !== 'DocumentReference')
      return unrouted(refusal(400, 'invalid', 'no DocumentReference was sent'))
    const sentFor = subjectOf(sent)
    if (sentFor === undefined) return unrouted(refusal(422, 'required', 'no subject was sent'))
    const faults = this.#faultsOf(sentFor)
    const missing = missingIn(sent, documents.requires)
    if (missing !== undefined) return { patientId: sentFor, answer: missing }

    const known = await this.#alreadyThere(request, sentFor)
    if (known !== undefined) return { patientId: sentFor, answer: known }
    const { times = 0, ...changed } = faults.create ?? {}
    const isChanged = this.#count(`create ${sentFor}`) <= times
    const answer = isChanged ? { ...documents.answer, ...changed } : documents.answer
    const kept = answer.stores
      ? await this.#documents.keep(
          sent,
          sentFor,
          {
            identifier: documents.keepsIdentifier,
            bytes: 'as_sent',
            patient: 'as_sent',
            ...faults.keeps,
          },
          faults.lagSearches ?? 0,
        )
      : { ...sent, id: 'not-stored-1' }
    const others = await this.#engine.search(
      'DocumentReference',
      sentFor,
      new URLSearchParams({ patient: sentFor }),
    )
    const otherId = others.find((one) => one.id !== kept.id)?.id ?? 'none-such'
    return {
      patientId: sentFor,
      answer: answerOfCreate(answer, this.#shown(kept, faults), this.fhirBaseUrl, otherId),
    }
  }

  /** Conditional create, where the server has it: what matches is not made again. */
  async #alreadyThere({ headers }: FhirRequest, patientId: string): Promise<Answer | undefined> {
    const condition = headers['if-none-exist']
    if (this.#behaviour.documents.conditionalCreate !== true || typeof condition !== 'string')
      return undefined
    const [match] = await this.#engine.search(
      'DocumentReference',
      patientId,
      new URLSearchParams(condition.replace(/^[^?]*\?/, '')),
    )
    if (match === undefined) return undefined
    const location = `${this.fhirBaseUrl}/DocumentReference/${match.id}`
    return resourceAnswer(200, this.#shown(match, this.#faultsOf(patientId)), { location })
  }

  #createBinary({ headers, body }: FhirRequest): Routed {
    const contentType = String(headers['content-type'] ?? 'application/octet-stream')
    const sent = contentType.includes('json') ? parse(body) : undefined
    const binary =
      typeof sent?.['data'] === 'string'
        ? {
            contentType: String(sent['contentType']),
            bytes: Buffer.from(sent['data'], 'base64'),
          }
        : { contentType, bytes: body }
    const id = `binary-${this.#count('binary')}`
    this.#documents.addBinary(id, binary)
    const location = `${this.fhirBaseUrl}/Binary/${id}`
    return unrouted(resourceAnswer(201, { resourceType: 'Binary', id }, { location }))
  }

  #shown(resource: FhirResource, faults: ChartFaults): FhirResource {
    if (resource.resourceType !== 'DocumentReference') return resource
    return this.#documents.view(
      resource,
      faults.keeps?.content ?? this.#behaviour.documents.content,
    )
  }

  async #mixedIn(resourceType: string, patientId: string | undefined): Promise<readonly object[]> {
    const type = this.#behaviour.search.mixedIn?.[resourceType]
    if (type === undefined) return []
    const found = await this.#engine.search(type, patientId, new URLSearchParams())
    return found.map((resource) => ({ resource, search: { mode: 'include' } }))
  }

  #outcomes(ignored: readonly string[]): readonly object[] {
    const { outcomeInEvery, unknownParameters } = this.#behaviour.search
    const said = [
      ...(outcomeInEvery === true
        ? [outcome('information', 'informational', 'see the manual')]
        : []),
      ...(ignored.length > 0 && unknownParameters === 'ignored_with_outcome'
        ? [outcome('warning', 'not-supported', `not used: ${ignored.join(', ')}`)]
        : []),
    ]
    return said.map((resource) => ({ resource, search: { mode: 'outcome' } }))
  }

  /** Those of this chart and type that are not used up. */
  #readFaults(patientId: string | undefined, resourceType: string): readonly ReadFault[] {
    return (this.#faultsOf(patientId).reads ?? []).filter(
      ({ kind, type, times = Number.POSITIVE_INFINITY }) =>
        (type === undefined || type === resourceType) &&
        this.#count(`${patientId} ${kind} ${type}`) <= times,
    )
  }

  #count(what: string): number {
    const count = (this.#taken.get(what) ?? 0) + 1
    this.#taken.set(what, count)
    return count
  }
}

const unrouted = (answer: Answer): Routed => ({ patientId: undefined, answer })

function parse(body: Buffer): FhirResource | undefined {
  try {
    return JSON.parse(body.toString()) as FhirResource
  } catch {
    return undefined
  }
}

function linksIn({ body }: Answer): readonly string[] {
  return [...String(body).matchAll(new RegExp(`${pageParameter}=([\\w-]+)`, 'g'))].map(
    ([, token = '']) => token,
  )
}
