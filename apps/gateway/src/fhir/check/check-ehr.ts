import type { Clock } from '../../clock.ts'
import { GatewayError } from '../../errors.ts'
import {
  type CapabilityStatement,
  toCapabilityStatement,
} from '../abilities/capability-statement.ts'
import { abilitiesOf, type AbilityQuestion, type EhrAbility } from '../abilities/ehr-abilities.ts'
import { isAboutPatient, screen } from '../chart/screening.ts'
import { searchKind } from '../chart/search-kind.ts'
import type { FhirClient } from '../client/fhir-client.ts'
import type { JsonObject } from '../client/parse-resource.ts'
import type { EhrSettings } from '../ehr-settings.ts'
import type { NoteTextReader } from '../notes/note-text-reader.ts'
import type { SignedUrls } from '../notes/signed-urls.ts'
import { readDocuments } from '../notes/notes.ts'
import { type SearchedKind, searchedKinds } from '../profiles/search-plan.ts'
import { clockLine, rateLine, type SeenAnswer } from './answer-notes.ts'
import { attempt, type CheckLine } from './check-line.ts'
import { dryRunLine } from './writing-line.ts'

export interface EhrCheck {
  readonly client: FhirClient
  readonly settings: EhrSettings
  readonly practiceId: string
  readonly patientId: string
  /** An encounter of the patient; undefined: no encounter is checked. */
  readonly encounterId: string | undefined
  /** Every answer that the client received; grows while the check runs. */
  readonly answers: readonly SeenAnswer[]
  readonly writer: AbilityQuestion['writer']
  missingScopes(): readonly string[]
  /** Writes a clearly marked document to the encounter and reads it back. Absent: no write test. */
  writeTest?(signal: AbortSignal): Promise<CheckLine>
  readonly noteTexts: NoteTextReader
  readonly signedUrls: SignedUrls
  readonly clock: Clock
}

/** How many notes are read, newest first. */
const maxSampledNotes = 10

/**
 * Runs once through everything that the gateway requests from this EHR, for one patient, and reports the result of each step. After a
 * failed step the next one still runs, except that nothing else is requested without a token.
 */
export async function checkEhr(
  check: EhrCheck,
  signal: AbortSignal,
): Promise<readonly CheckLine[]> {
  const token = await tokenLine(check)
  if (token.verdict === 'failed') return [token]
  const statement = await readStatement(check, signal)
  const chart = [await patientLine(check, signal), ...(await encounterLines(check, signal))]
  const lines: CheckLine[] = [token, scopeLine(check), ...statement.lines, ...chart]
  const found = new Map<SearchedKind, readonly JsonObject[]>()
  for (const kind of searchedKinds) lines.push(await searchLine(kind, check, found, signal))
  lines.push(await notesLine(found.get('DocumentReference') ?? [], check, signal))
  lines.push(await writingLine(check, { chart, ability: statement.write }, signal))
  return [...lines, clockLine(check.answers), rateLine(check.answers)]
}

/** Writes nothing unless the chart that the document goes to was read. */
async function writingLine(
  check: EhrCheck,
  { chart, ability }: { readonly chart: readonly CheckLine[]; readonly ability: EhrAbility },
  signal: AbortSignal,
): Promise<CheckLine> {
  if (check.writeTest === undefined) return dryRunLine(check.writer, ability)
  const unread = chart.find((line) => line.verdict === 'failed')
  return unread === undefined
    ? check.writeTest(signal)
    : { what: 'writing', verdict: 'skipped', found: `nothing was written: ${unread.what} failed` }
}

async function tokenLine({ client }: EhrCheck): Promise<CheckLine> {
  return attempt('token', async () => {
    await client.access.get()
    return { verdict: 'ok', found: 'granted' }
  })
}

function scopeLine({ missingScopes, settings }: EhrCheck): CheckLine {
  const missing = missingScopes()
  return missing.length === 0
    ? { what: 'scopes', verdict: 'ok', found: 'all requested scopes were granted' }
    : {
        what: 'scopes',
        verdict: 'warning',
        found: `not granted: ${missing.join(' ')}`,
        fix: `ask the EHR's administrator to grant them to this client, or leave them out of ${settings.keyName('Scopes')}`,
      }
}

async function readStatement(
  check: EhrCheck,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly CheckLine[]; readonly write: EhrAbility }> {
  let statement: CapabilityStatement | undefined
  const line = await attempt('/metadata', async () => {
    statement = toCapabilityStatement(
      await check.client.readStatement({ practiceId: undefined, lane: 'chart', signal }),
    )
    if (statement === undefined)
      return {
        verdict: 'warning',
        found: 'no CapabilityStatement',
        fix: `check ${check.settings.keyName('FhirBaseUrl')}`,
      }
    const version = statement.fhirVersion ?? 'unknown'
    const found = `FHIR ${version}${statement.software === undefined ? '' : `, ${statement.software}`}`
    return version.startsWith('4.0')
      ? { verdict: 'ok', found }
      : { verdict: 'warning', found, fix: 'this gateway reads FHIR R4 (4.0.1)' }
  })
  const { reads, write } = abilitiesOf({
    profile: check.settings.profile,
    writer: check.writer,
    statement,
    missingScopes: check.missingScopes(),
  })
  const unread = reads.flatMap(({ resourceType, can, reason = 'cannot be used' }): CheckLine[] =>
    can === 'no' ? [{ what: `reading ${resourceType}`, verdict: 'warning', found: reason }] : [],
  )
  return {
    lines: [line.verdict === 'failed' ? { ...line, verdict: 'warning' } : line, ...unread],
    write,
  }
}

async function patientLine(check: EhrCheck, signal: AbortSignal): Promise<CheckLine> {
  const { client, practiceId, patientId } = check
  return attempt('Patient by id', async () => {
    const patient = await client.read(patientId, {
      practiceId,
      resourceType: 'Patient',
      lane: 'chart',
      signal,
    })
    return patient['id'] === patientId
      ? { verdict: 'ok', found: 'read' }
      : { verdict: 'failed', found: 'the EHR answered with another patient', fix: 'check the id' }
  })
}

async function encounterLines(check: EhrCheck, signal: AbortSignal): Promise<readonly CheckLine[]> {
  const { client, practiceId, patientId, encounterId } = check
  if (encounterId === undefined) return []
  const line = await attempt('Encounter by id', async () => {
    const request = { practiceId, resourceType: 'Encounter', lane: 'chart', signal } as const
    const encounter = await client.read(encounterId, request)
    return encounter['id'] === encounterId && isAboutPatient(encounter, patientId)
      ? { verdict: 'ok', found: 'read' }
      : {
          verdict: 'failed',
          found: 'this encounter does not reference this patient',
          fix: 'check both ids',
        }
  })
  return [line]
}

/** Runs every search of the profile and reports the server's answer to each. */
async function searchLine(
  kind: SearchedKind,
  { client, settings, practiceId, patientId }: EhrCheck,
  found: Map<SearchedKind, readonly JsonObject[]>,
  signal: AbortSignal,
): Promise<CheckLine> {
  const asked: string[] = []
  const line = await attempt(
    kind,
    async () => {
      const { resources, cutOff } = await searchKind(settings.profile, kind, {
        since: undefined,
        maxHistoryPages: settings.limits.maxHistoryPages,
        async search(parameters, maxPages) {
          const query = ['patient', ...Object.entries(parameters).map((one) => one.join('='))]
          try {
            const result = await client.search(
              { patient: patientId, ...parameters },
              {
                practiceId,
                resourceType: kind,
                lane: 'chart',
                signal,
                keepPartial: true,
                ...(maxPages === undefined ? {} : { maxPages }),
              },
            )
            asked.push(`${query.join('&')}: ${result.resources.length}`)
            return result
          } catch (error) {
            asked.push(
              `${query.join('&')}: ${error instanceof GatewayError ? error.code : 'failed'}`,
            )
            throw error
          }
        },
      })
      const screened = screen(resources, kind, patientId)
      found.set(kind, screened.kept)
      const gaps = [
        cutOff,
        screened.warning,
        screened.otherPatientCount > 0
          ? `${screened.otherPatientCount} of other patients`
          : undefined,
        screened.unresolvedCount > 0
          ? `${screened.unresolvedCount} without a usable patient reference`
          : undefined,
        screened.malformedCount > 0 ? `${screened.malformedCount} could not be parsed` : undefined,
      ].filter((gap) => gap !== undefined)
      return {
        verdict: gaps.length === 0 ? 'ok' : 'warning',
        found: [`${screened.kept.length} read`, ...gaps, ...asked].join('; '),
      }
    },
    () => asked.join('; '),
  )
  // Without orders there is nothing to do. Without any other type, its facts stay unknown.
  return line.verdict === 'failed' && kind !== 'ServiceRequest'
    ? { ...line, verdict: 'warning' }
    : line
}

async function notesLine(
  documents: readonly JsonObject[],
  check: EhrCheck,
  signal: AbortSignal,
): Promise<CheckLine> {
  const { client, settings, practiceId } = check
  return attempt('notes', async () => {
    const texts = check.noteTexts.ofEncounter('')
    const notes = await readDocuments(documents.slice(0, maxSampledNotes), {
      ...settings,
      encounterId: '',
      async readBinary(id, maxBytes) {
        const binary = { practiceId, resourceType: 'Binary', lane: 'chart', signal } as const
        return readOrReason(async () => {
          const { data, contentType } = await client.readBinary(id, maxBytes, binary)
          return { bytes: data, contentType }
        })
      },
      readSignedUrl: (url, maxBytes) =>
        readOrReason(() => check.signedUrls.read(url, maxBytes, signal)),
      readText: (file) =>
        texts.read({ ...file, maxBytes: settings.limits.maxDocumentBytes }, signal),
      once: (_key, read) => read(),
    })
    const unread = notes.documents.flatMap(({ content }) =>
      content.kind === 'unread' ? [content.reason] : [],
    )
    const readable = notes.documents.length - unread.length
    const found = `${readable} of ${notes.documents.length} notes can be read as text`
    return unread.length === 0
      ? { verdict: 'ok', found }
      : {
          verdict: 'warning',
          found: [found, ...new Set(unread)].join('; '),
          fix: 'the gateway cannot use what it cannot read: questions about it stay unanswered',
        }
  })
}

async function readOrReason<Result>(
  read: () => Promise<Result>,
): Promise<Result | { readonly reason: string }> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof GatewayError) return { reason: error.code }
    throw error
  }
}
